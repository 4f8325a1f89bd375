// The scheme that a reader chose with [data-scheme-switch], put in place before anything is painted.
{
  const root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)")
  let chosen
  try { chosen = localStorage.scheme } catch {} // where nothing may be kept, the choice holds for this page
  const own = () => dark.matches ? "dark" : "light"
  const show = () => {
    if (chosen) root.dataset.scheme = chosen
    else delete root.dataset.scheme
    for (const button of document.querySelectorAll("[data-scheme-switch]")) button.ariaPressed = (chosen || own()) === "dark"
    for (const meta of document.querySelectorAll("[name=theme-color]"))
      meta.media = chosen ? meta.dataset.scheme === chosen ? "all" : "not all" : `(prefers-color-scheme: ${meta.dataset.scheme})`
  }
  const choose = scheme => {
    chosen = scheme === own() ? "" : scheme
    try { localStorage.scheme = chosen } catch {}
    show()
  }
  show()
  document.addEventListener("DOMContentLoaded", show)
  dark.addEventListener("change", show)
  addEventListener("storage", event => { if (event.key === "scheme") chosen = event.newValue, show() })
  document.addEventListener("click", event => {
    if (event.target.closest("[data-scheme-switch]")) choose((chosen || own()) === "dark" ? "light" : "dark")
  })
}
