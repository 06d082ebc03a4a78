"use strict";
// filters of the tables: each row is shown or not by its action's name and whether it changed
for (const controls of document.querySelectorAll(".controls")) {
  const rows = Array.from(document.getElementById(controls.dataset.table).tBodies[0].rows);
  const names = rows.map((row) => row.querySelector(".name").textContent.toLowerCase());
  const [name, changed] = controls.querySelectorAll("input");
  const shown = controls.querySelector("output");
  const show = () => {
    const wanted = name.value.trim().toLowerCase();
    rows.forEach((row, index) => {
      row.hidden = !names[index].includes(wanted) || (changed.checked && !row.className);
    });
    shown.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} actions`;
  };
  controls.addEventListener("input", show);
  // a link leads to its row, whatever is filtered out
  addEventListener("hashchange", () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row && row.hidden && rows.includes(row)) {
      name.value = "";
      changed.checked = false;
      show();
      row.scrollIntoView();
    }
  });
  controls.hidden = false;
  show();
}
