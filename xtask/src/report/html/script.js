"use strict";
// filters of the tables: each row is shown or not by its action's name and whether it changed
for (const controls of document.querySelectorAll(".controls")) {
  const rows = Array.from(document.getElementById(controls.dataset.table).tBodies[0].rows);
  const names = rows.map((row) => row.querySelector(".name").textContent.toLowerCase());
  const [name, changed] = controls.querySelectorAll("input");
  const shown = controls.querySelector("output");
  const fits = (index) =>
    names[index].includes(name.value.trim().toLowerCase()) &&
    (rows[index].className !== "" || !changed.checked);
  const show = () => {
    rows.forEach((row, index) => { row.hidden = !fits(index); });
    shown.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} actions`;
  };
  // large tables take their time: one pass for what is typed in one go
  let soon;
  controls.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(show, 100);
  });
  // a link leads to its row, whatever is filtered out
  addEventListener("hashchange", () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const index = rows.findIndex((row) => row.id === id);
    if (index >= 0 && !fits(index)) {
      name.value = "";
      changed.checked = false;
      show();
      rows[index].scrollIntoView();
    }
  });
  controls.hidden = false;
  show();
}
