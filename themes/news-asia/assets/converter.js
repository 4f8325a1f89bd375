// The converter: an option's value is what one unit costs in one money, the same for all, so that two make any pair.
const form = document.querySelector("[data-converter]")
const { amount, from, to } = form.elements, output = form.querySelector("output")
const code = list => list.selectedOptions[0].text.slice(0, 3)

// A sum as people write it: spaces between thousands, a comma or a point before the decimals, or one of these between
// thousands where the other follows.
function read(text) {
  let digits = text.replace(/[\s\u00a0\u202f']/g, "")
  const last = Math.max(digits.lastIndexOf(","), digits.lastIndexOf("."))
  const marks = digits.replace(/[^.,]/g, "")
  if (new Set(marks).size > 1) digits = digits.slice(0, last).replace(/[.,]/g, "") + "." + digits.slice(last + 1)
  else if (marks.length > 1) digits = digits.replace(/[.,]/g, "")
  digits = digits.replace(",", ".")
  return /^\d+(\.\d*)?$|^\.\d+$/.test(digits) ? Number(digits) : NaN
}

// Hundredths where there are whole units, else four digits.
function shown(sum) {
  const digits = sum >= 1 || !sum ? { minimumFractionDigits: 2, maximumFractionDigits: 2 } : { maximumSignificantDigits: 4 }
  return new Intl.NumberFormat(document.documentElement.lang, digits).format(sum)
}

function reckon() {
  const sum = read(amount.value), wrong = !Number.isFinite(sum)
  amount.setAttribute("aria-invalid", wrong)
  output.textContent = wrong ? form.dataset.wrong :
    `${amount.value.trim()} ${code(from)} = ${shown(sum * from.value / to.value)} ${code(to)}`
}

if (from.options.length > 1) {
  form.hidden = false
  form.addEventListener("input", reckon)
  form.addEventListener("submit", event => event.preventDefault())
  form.querySelector("button").addEventListener("click", () => {
    [from.selectedIndex, to.selectedIndex] = [to.selectedIndex, from.selectedIndex]
    reckon()
  })
  reckon()
}
