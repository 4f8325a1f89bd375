// Fills <aryk-live src>, tells what is urgent once a visit, moves a strip.
customElements.define("aryk-live", class extends HTMLElement {
  async connectedCallback() {
    const src = this.getAttribute("src"), text = src && await fetch(src, { cache: "no-cache" })
      .then(got => got.ok && got.text()).catch(() => 0)
    if (text) {
      const at = this.querySelector(":focus")
      try { if (/data-urgent/.test(text) && sessionStorage.told != (sessionStorage.told = text)) this.ariaLive = "polite" } catch {}
      this.innerHTML = text
      if (at) this.querySelector("a")?.focus()
    }
    const [strip, button] = this.querySelectorAll("[data-strip],[data-pause]")
    if (!button || strip.scrollWidth <= strip.clientWidth || matchMedia("(prefers-reduced-motion)").matches) return
    strip.innerHTML += strip.innerHTML
    strip.lastElementChild.ariaHidden = true
    strip.classList.add("moves")
    button.hidden = false
    button.onclick = () => button.ariaPressed = strip.classList.toggle("paused")
  }
})
