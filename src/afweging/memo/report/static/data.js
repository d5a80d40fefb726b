// The numbers, names and words of this page.

const data = JSON.parse(document.getElementById("page-data").textContent);
