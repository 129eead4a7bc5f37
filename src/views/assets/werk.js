// Small comforts at the desk: every page works without them.
(() => {
const all = (what, visit) => document.querySelectorAll(what).forEach(visit);

// The session ends: say so five minutes before, and let staff stay.
all("[data-sessie]", (warning) => {
  const button = warning.querySelector("button");
  let timer;
  const wait = (seconds) => {
    warning.hidden = true;
    clearTimeout(timer);
    timer = setTimeout(() => { warning.hidden = false; }, Math.max(0, seconds - 300) * 1000);
  };
  button.onclick = async () => {
    const form = document.querySelector("form[action='/loket-werk/uitloggen']");
    const answer = await fetch("/loket-werk/blijf", { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.ok) wait(30 * 60);
    else location.reload();
  };
  wait(Number(warning.dataset.sessie));
});

// The link of an answer page goes into the answer at the cursor.
all("[data-invoegen]", (button) => {
  const field = document.getElementById("tekst");
  if (!field) return;
  button.hidden = false;
  button.onclick = () => {
    const at = field.selectionEnd, before = field.value.slice(0, at);
    const gap = before === "" || before.endsWith("\n") ? "" : "\n";
    field.setRangeText(`${gap}${button.dataset.invoegen}\n`, at, at, "end");
    field.focus();
  };
});
})();
