import { mountPlayground } from "./playground.js";

const place = document.getElementById("playground");
if (place) mountPlayground(place);
