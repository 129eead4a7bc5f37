//! Values of a row, parsed as they are read.

use jiff::Timestamp;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::StoreError;

/// Reads columns by name.
pub(super) trait Columns {
    fn text(&self, column: &'static str) -> Result<String, StoreError>;
    fn text_if_any(&self, column: &'static str) -> Result<Option<String>, StoreError>;
    fn number(&self, column: &'static str) -> Result<i64, StoreError>;
    fn number_if_any(&self, column: &'static str) -> Result<Option<i64>, StoreError>;

    /// A value with rules of its own.
    fn parsed<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        parse(&self.text(column)?).ok_or(StoreError::Damaged(column))
    }

    fn parsed_if_any<T>(
        &self,
        column: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        let text = self.text_if_any(column)?;
        text.map(|text| parse(&text).ok_or(StoreError::Damaged(column)))
            .transpose()
    }

    fn moment(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        moment(self.number(column)?).ok_or(StoreError::Damaged(column))
    }

    fn moment_if_any(&self, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
        let micros = self.number_if_any(column)?;
        micros
            .map(|micros| moment(micros).ok_or(StoreError::Damaged(column)))
            .transpose()
    }

    fn flag(&self, column: &'static str) -> Result<bool, StoreError> {
        Ok(self.number(column)? != 0)
    }
}

impl Columns for AnyRow {
    fn text(&self, column: &'static str) -> Result<String, StoreError> {
        value(self, column)
    }

    fn text_if_any(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        value(self, column)
    }

    fn number(&self, column: &'static str) -> Result<i64, StoreError> {
        value(self, column)
    }

    fn number_if_any(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
        value(self, column)
    }
}

fn value<'r, T>(row: &'r AnyRow, column: &'static str) -> Result<T, StoreError>
where
    T: sqlx::Decode<'r, sqlx::Any> + sqlx::Type<sqlx::Any>,
{
    row.try_get(column).map_err(|error| match error {
        sqlx::Error::ColumnDecode { .. } => StoreError::Damaged(column),
        error => error.into(),
    })
}

/// A moment from microseconds.
fn moment(micros: i64) -> Option<Timestamp> {
    Timestamp::from_microsecond(micros).ok()
}
