"use strict";
// filters of the tables: by the action's name and by whether the row changed
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
  // large tables are slow: filter once after a burst of input
  let soon;
  controls.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(show, 100);
  });
  // a link to a filtered row resets the filters
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
