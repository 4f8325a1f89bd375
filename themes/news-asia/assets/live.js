// What is fresh on every page takes the place of the link in <aryk-live src>, when it is here.
// [data-pause] stops [data-strip], which moves where it is too long and the reader allows motion.
customElements.define("aryk-live", class extends HTMLElement {
  async connectedCallback() {
    const src = this.getAttribute("src")
    if (src) {
      const answer = await fetch(src, { cache: "no-cache" }).catch(() => 0)
      if (!answer.ok) return
      this.innerHTML = await answer.text()
    }
    const strip = this.querySelector("[data-strip]"), button = this.querySelector("[data-pause]")
    if (!button || matchMedia("(prefers-reduced-motion)").matches) return
    if (strip.scrollWidth <= strip.clientWidth) return
    const copy = strip.firstElementChild.cloneNode(true)
    copy.ariaHidden = true
    strip.append(copy)
    strip.classList.add("moves")
    button.hidden = false
    button.onclick = () => button.ariaPressed = strip.classList.toggle("paused")
  }
})
