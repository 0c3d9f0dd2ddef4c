// Sends files one after the other, so that hundreds of them show how far they have come and one that breaks off costs no other.
// Without this script the form sends them all at once.
"use strict";
(() => {
  const form = document.querySelector("form.bring");
  if (!form) return;
  const say = form.querySelector(".sending");
  const drop = form.querySelector("[data-drop]");
  const words = (name, values = {}) => Object.entries(values).reduce((s, [k, v]) => s.replace(`{${k}}`, v), form.dataset[`words${name}`]);
  const mostBytes = Number(form.dataset.mostBytes);
  const mostFiles = Number(form.dataset.mostFiles);
  const endings = form.dataset.accept.split(",");
  drop.querySelector(".drop-words").hidden = false;

  const line = (text) => {
    const item = document.createElement("li");
    item.textContent = text;
    list.append(item);
  };
  let list = document.createElement("ul");

  // What a folder holds besides papers is left out, and said.
  const papers = (files) => {
    const chosen = files.filter((f) => !f.name.startsWith(".") && endings.some((e) => f.name.toLowerCase().endsWith(e)));
    if (chosen.length < files.length) line(`${files.length - chosen.length} ${words("Other")}.`);
    return chosen;
  };

  const send = async (files) => {
    const good = files.filter((f) => {
      const fault = f.size > mostBytes ? words("Large", { mb: mostBytes >> 20 }) : f.size === 0 ? words("Empty") : "";
      if (fault) line(`${f.name}: ${fault}.`);
      return !fault;
    });
    if (good.length > mostFiles) line(`${words("Many", { files: mostFiles })}.`);
    good.splice(mostFiles);
    say.replaceChildren(list);
    if (!good.length) {
      line(`${words("None")}.`);
      list = document.createElement("ul");
      return;
    }
    const faulty = list.children.length > 0;
    const bar = document.createElement("progress");
    bar.max = good.length;
    const now = document.createElement("p");
    say.prepend(now, bar);
    const button = form.querySelector("button.main");
    button.disabled = true;
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const post = (url, data) => fetch(url, { method: "POST", body: data, headers: { "X-CSRFToken": token }, redirect: "error" });
    const opening = new FormData();
    opening.set("script", "1");
    opening.set("csrfmiddlewaretoken", token);
    opening.set("evaluation", form.elements.evaluation ? form.elements.evaluation.value : "");
    let key;
    try {
      const answer = await post(form.action, opening);
      if (!answer.ok) throw new Error(answer.status);
      key = await answer.text();
    } catch {
      line(words("Broken"));
      button.disabled = false;
      return;
    }
    const address = new URL(`${encodeURIComponent(key)}/`, form.action).href;
    let broken = 0;
    for (const file of good) {
      now.textContent = words("Sending", { name: file.name, n: bar.value + 1, all: good.length });
      const data = new FormData();
      data.set("csrfmiddlewaretoken", token);
      data.append("file", file, file.name);
      // A connection that breaks off for a moment costs nothing.
      let sent = false;
      for (let attempt = 0; attempt < 3 && !sent; attempt++) {
        if (attempt) await new Promise((go) => setTimeout(go, 1000 * attempt));
        try {
          const answer = await post(`${address}files/`, data);
          sent = answer.ok || answer.status < 500;
          if (!answer.ok && sent) line(`${file.name}: ${await answer.text()}`);
        } catch {
          sent = false;
        }
      }
      if (!sent) {
        broken++;
        line(`${file.name} ${words("Broken")}.`);
      }
      bar.value++;
    }
    if (!faulty && !broken) location.assign(address);
    const go = document.createElement("a");
    go.className = "button main";
    go.href = address;
    go.textContent = words("Go");
    say.append(go);
    now.textContent = "";
    go.focus();
  };

  const begin = (files) => send(files);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list = document.createElement("ul");
    begin([...form.elements.file.files, ...papers([...form.elements.folder.files])]);
  });

  // Drag and drop, folders too.
  const inside = async (entry) => {
    if (entry.isFile) return [await new Promise((done, fail) => entry.file(done, fail))];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!some.length) return found;
      for (const one of some) found.push(...(await inside(one)));
    }
  };
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    list = document.createElement("ul");
    const entries = [...event.dataTransfer.items].filter((i) => i.kind === "file").map((i) => (i.webkitGetAsEntry ? i.webkitGetAsEntry() : null));
    if (entries.some((e) => e && e.isDirectory)) {
      const found = [];
      for (const entry of entries) if (entry) found.push(...(await inside(entry)));
      begin(papers(found));
    } else begin([...event.dataTransfer.files]);
  });
})();
