// Fills <aryk-live src>, tells what is urgent once a visit, moves a long [data-strip].
customElements.define("aryk-live", class extends HTMLElement {
  async connectedCallback() {
    const src = this.getAttribute("src")
    if (src) {
      const answer = await fetch(src, { cache: "no-cache" }).catch(() => 0)
      if (!answer.ok) return
      const text = await answer.text()
      try { if (/data-urgent/.test(text) && sessionStorage.told != (sessionStorage.told = text)) this.ariaLive = "polite" } catch {}
      this.innerHTML = text
    }
    const strip = this.querySelector("[data-strip]"), button = this.querySelector("[data-pause]")
    if (!button || strip.scrollWidth <= strip.clientWidth || matchMedia("(prefers-reduced-motion)").matches) return
    const copy = strip.firstElementChild.cloneNode(true)
    copy.ariaHidden = true
    strip.append(copy)
    strip.classList.add("moves")
    button.hidden = false
    button.onclick = () => button.ariaPressed = strip.classList.toggle("paused")
  }
})
