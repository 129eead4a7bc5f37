"""Writes vormen.txt: the forms of Dutch words that the stemmer alone does not lead to their base.

    pip install simplemma==2.0.0 wordfreq==3.1.1 snowballstemmer==3.1.1
    python3 src/dutch/data/vormen.py

The pairs of form and base are those of simplemma; a form is kept when it is frequent (wordfreq) and
when the stem of Kraaij-Pohlmann (snowballstemmer) of the form and of its base differ. `lemmas.txt`,
which is ours, goes before it.
"""

import re
import unicodedata
from pathlib import Path

import snowballstemmer
from simplemma.strategies.dictionaries import DefaultDictionaryFactory
from wordfreq import get_frequency_list

HERE = Path(__file__).parent
stem_once = snowballstemmer.stemmer("dutch").stemWord

# What a prefix is put before: the base of ‘gebeten’ is ‘bijten’, not ‘verbijten’.
PREFIXES = ("ver", "af", "be", "ont", "aan", "op", "uit", "in", "door", "wan", "mis", "her", "er")

# Forms that are, for parents, words of their own, or that the table leads astray.
OWN = set(
    "app bad beer beet bond data dove god gewoon jongere jongeren kat las leden lid loog ouder ouders "
    "verkeerd verliefd wees week".split()
)
# And what some of them come from.
BASES = {"jongeren": "jongere", "ouders": "ouder", "leden": "lid", "dove": "doof", "loog": "liegen",
         "logen": "liegen", "las": "lezen", "lazen": "lezen"}


def fold(text):
    text = unicodedata.normalize("NFKD", text.lower())
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub("['’‘ʼ`´′]", "", text)


def stem(word):
    for _ in range(3):
        shorter = stem_once(word)
        if shorter == word or len(shorter) < 3:
            break
        word = shorter
    return word


def base(form, lemma, lemmas):
    """The base that is meant, or nothing."""
    if form.startswith("ge") and not lemma.startswith("ge"):
        for prefix in PREFIXES:
            bare = lemma.removeprefix(prefix)
            if bare != lemma and bare in lemmas and not form.startswith("ge" + prefix):
                lemma = bare
                break
    feminine = len(lemma) > len(form) + 1 and lemma.endswith(("in", "ster", "es"))
    longer = lemma != form and lemma.endswith(form)
    return None if feminine or longer else lemma


def main():
    pairs = {form: lemma.replace("_", "") for form, lemma in DefaultDictionaryFactory().get_dictionary("nl").items()}
    lemmas = set(pairs.values())
    frequent = {fold(word) for words in get_frequency_list("nl", "large") for word in words}
    found = dict(BASES)
    for form, lemma in pairs.items():
        word = fold(form)
        if not lemma.islower() or not word.isascii() or not word.isalpha() or word not in frequent or word in OWN:
            continue
        meant = base(form, lemma, lemmas)
        if meant and stem(word) != stem(fold(meant)):
            found.setdefault(word, fold(meant))
    lines = [f"{form} {lemma}\n" for form, lemma in sorted(found.items())]
    HERE.joinpath("vormen.txt").write_text("".join(lines), encoding="utf-8")


main()
