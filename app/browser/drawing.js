/** Pictures drawn by script: marks and QR codes. */
import { encode } from 'uqr';

const SVG = 'http://www.w3.org/2000/svg';
const QUIET_ZONE = 4;

/** @param {string} name @param {Record<string, string>} attributes */
export function drawing(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
}

/** The code as one path of squares, dark on whatever lies behind. @param {string} text */
export function drawCode(text) {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (
    isDark ? [`M${x} ${y}h1v1h-1z`] : []
  )));
  const picture = drawing('svg', {
    viewBox: `0 0 ${size} ${size}`, role: 'img', 'shape-rendering': 'crispEdges',
  });
  picture.append(drawing('path', { d: squares.join('') }));
  return picture;
}
