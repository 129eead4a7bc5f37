// Small comforts: every page works without them.
(() => {
const all = (what, visit) => document.querySelectorAll(what).forEach(visit);

// Leave at once: a click, or Shift alone three times in two seconds.
all("[data-verlaat]", (exit) => {
  let times = [], alone;
  const leave = () => { document.body.hidden = true; location.replace(exit.href); };
  exit.onclick = (event) => { event.preventDefault(); leave(); };
  addEventListener("keydown", ({ key, repeat }) => {
    alone = key === "Shift";
    if (!alone) times = [];
    else if (!repeat) times = [...times.slice(-2), Date.now()];
  });
  addEventListener("keyup", ({ key }) => {
    if (alone && key === "Shift" && times[2] - times[0] < 2000) leave();
  });
});

all("[data-print]", (button) => { button.hidden = false; button.onclick = () => print(); });

// Suggestions: an ARIA 1.2 combobox with a listbox.
all("input[data-suggesties]", (input) => {
  const list = document.createElement("ul"), options = list.children;
  let links = [], at = -1, timer, request;
  const mark = (node, pairs) => { for (const name in pairs) node.setAttribute(name, pairs[name]); };
  const choose = (to) => {
    at = to;
    [...options].forEach((option, i) => mark(option, { "aria-selected": i === at }));
    mark(input, { "aria-activedescendant": options[at]?.id ?? "" });
  };
  const open = (yes) => { list.hidden = !yes; mark(input, { "aria-expanded": yes }); choose(-1); };
  const close = () => { clearTimeout(timer); request?.abort(); open(false); };
  const show = ([, titles, , addresses]) => {
    links = addresses;
    list.replaceChildren(...titles.map((title, i) => {
      const option = document.createElement("li");
      option.textContent = title;
      mark(option, { id: list.id + i, role: "option" });
      return option;
    }));
    open(titles.length > 0);
  };
  mark(list, { id: input.id + "-suggesties", class: "loes-suggesties", role: "listbox", "aria-label": "Suggesties" });
  mark(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, autocomplete: "off" });
  input.after(list);
  close();

  input.oninput = () => {
    close();
    const words = input.value.trim();
    if (words[1]) timer = setTimeout(async () => {
      request = new AbortController();
      try {
        show(await (await fetch("/suggesties?q=" + encodeURIComponent(words), { signal: request.signal })).json());
      } catch { /* superseded, offline or no answer: no suggestions */ }
    }, 120);
  };
  input.onkeydown = (event) => {
    const { key } = event, size = options.length + 1;
    if (list.hidden) return;
    if (key === "ArrowDown") choose((at + 2) % size - 1);
    else if (key === "ArrowUp") choose((at + size) % size - 1);
    else if (key === "Escape") close();
    else if (key === "Enter" && links[at]) location.assign(links[at]);
    else return;
    event.preventDefault();
  };
  input.onblur = close;
  list.onmousedown = (event) => event.preventDefault();
  list.onclick = ({ target }) => { const to = links[[...options].indexOf(target)]; if (to) location.assign(to); };
});
})();
