// The date in the masthead; moments of today and yesterday in words that are no wider than the date, which stays as title and in print.
const { lang } = document.documentElement, own = document.querySelector("[data-hour]").dataset, hour = 36e5
const clock = new Intl.DateTimeFormat(lang, { timeStyle: "short", hourCycle: "h23" })
const intl = new Intl.RelativeTimeFormat(lang)
const able = intl.resolvedOptions().locale == lang && intl.format(-4, "hour")[0] != "-" // kk says "-4 h"

const today = document.querySelector("[data-zone]")
if (able) today.textContent = new Intl.DateTimeFormat(lang == "en" ? "en-GB" : lang, { dateStyle: "full", timeZone: today.dataset.zone }).format()

function words(moment, zone) {
  const now = Date.now(), age = now - moment, midnight = zone ? now - 24 * hour : new Date().setHours(0, 0, 0, 0)
  if (age < 0 || moment <= midnight - 24 * hour) return []
  const [unit, span] = age < hour ? ["minute", 6e4] : ["hour", hour], count = Math.max(1, age / span | 0)
  const ago = [able && intl.format(-count, unit), own[unit].replace("{count}", count)]
  if (zone) return [moment > midnight ? own.today : own.yesterday]
  if (age < 7 * hour) return ago
  if (moment <= midnight) return [`${own.yesterday}, ${clock.format(moment)}`, own.yesterday]
  return [`${own.today}, ${clock.format(moment)}`, ...ago]
}

const times = [...document.querySelectorAll("[data-fresh]")].map(at => {
  const zone = at.dataset.fresh, moment = Date.parse(at.dateTime + (zone && "T00:00" + zone))
  return [at, at.textContent, at.offsetWidth, moment, zone]
}).filter(time => Date.now() - time[3] < 48 * hour)

function say() {
  for (const [at, text, width, ...when] of times) {
    at.title = text
    at.style.minWidth = width + "px"
    for (const said of words(...when).concat(text)) {
      if (said) at.textContent = said
      if (said && at.offsetWidth <= width) break
    }
  }
}
say()
setInterval(say, 6e4)
onbeforeprint = () => times.forEach(([at, text]) => at.textContent = text)
onafterprint = say
