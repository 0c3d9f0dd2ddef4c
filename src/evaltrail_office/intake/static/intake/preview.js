// Keys of the preview, and choosing words by marking them or drawing a box. Every key presses a button or follows a link that is on the page.
"use strict";
(() => {
  const typing = (target) => target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]");
  const press = (key) => {
    const found = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!found) return false;
    if (found.matches("input")) {
      found.focus();
      found.select();
    } else found.click();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.metaKey) return;
    const field = typing(event.target);
    if (field) {
      if (event.key === "Escape" && !press("Escape")) field.blur();
      if (event.key === "Enter" && event.ctrlKey && field.form) {
        event.preventDefault();
        field.form.requestSubmit(field.form.querySelector("button.main"));
      }
      return;
    }
    if (event.ctrlKey) return;
    // On a link or a button the key keeps its own meaning.
    if ((event.key === "Enter" || event.key === " ") && event.target.closest("a, button, summary, input")) return;
    if (press(event.key.length === 1 ? event.key.toLowerCase() : event.key)) event.preventDefault();
  });
  // Where the address names a field or the statement, the browser itself goes there, and would take the focus away from anything else.
  const current = document.getElementById("current");
  if (current && !location.hash) current.focus({ preventScroll: true });

  // Of a text without pages, the words of the statement that is open come into view.
  const mark = document.querySelector(".words .current");
  if (mark) {
    const frame = mark.closest(".words");
    frame.scrollTop += mark.getBoundingClientRect().top - frame.getBoundingClientRect().top - frame.clientHeight / 3;
  }

  // Words marked in the text go into the field for them.
  const words = document.getElementById("words");
  const text = document.querySelector(".words");
  if (words && text) {
    text.addEventListener("mouseup", () => {
      const marked = String(getSelection()).trim();
      if (marked) words.value = marked;
    });
  }

  // A box drawn over the page is told in points from its bottom left corner.
  const frame = document.querySelector(".frame-of-page");
  const box = document.getElementById("box");
  const svg = frame && frame.querySelector("svg");
  if (!box || !svg) return;
  document.getElementById("box-help").hidden = false;
  frame.classList.add("drawing");
  const height = Number(frame.dataset.height);
  const at = (event) => {
    const r = svg.getBoundingClientRect();
    return [((event.clientX - r.left) / r.width) * Number(frame.dataset.width), ((event.clientY - r.top) / r.height) * height];
  };
  let from = null;
  let moved = false;
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  drawn.setAttribute("class", "drawn-box");
  svg.addEventListener("pointerdown", (event) => {
    from = at(event);
    moved = false;
    event.preventDefault();
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const to = at(event);
    moved = moved || Math.hypot(to[0] - from[0], to[1] - from[1]) > 4;
    if (!moved) return;
    const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
    const [w, h] = [Math.abs(to[0] - from[0]), Math.abs(to[1] - from[1])];
    for (const [name, value] of Object.entries({ x, y, width: w, height: h })) drawn.setAttribute(name, value);
    svg.append(drawn);
    box.value = [x, height - y - h, x + w, height - y].map((n) => n.toFixed(1)).join(",");
  });
  addEventListener("pointerup", () => {
    from = null;
  });
  // Drawing begins and ends on boxes that are links.
  svg.addEventListener("click", (event) => moved && event.preventDefault(), true);
})();
