// What is printed: the map as a picture, the open dossier with its sources in full, and the table where it is open.

function startPrint() {
  addEventListener("beforeprint", () => {
    const kept = dark;
    dark = false; // paper is white
    at("printed").replaceChildren(view.nodes.size || view.groups ? svgPicture() : "");
    if (state.table) at("table").replaceChildren(...tables());
    dark = kept;
  });
}
