// The controls of the page to explore: searching, choosing areas, adding municipalities up, the picture and sharing.
"use strict";

(function (V) {
  const { el } = V;
  const SOORTEN = ["provincie", "corop", "gemeente", "samengesteld"];
  const knop = (tekst, doe, extra) => el("button", { type: "button", onclick: doe, ...extra }, tekst);
  const groepen = (paren) => paren.filter(([, opties]) => opties.length).map(([label, opties]) => el("optgroup", { label }, opties));

  V.maakBediening = (veld, staat) => {
    const { lijst } = V;
    const main = document.querySelector("main");
    const inleiding = main.querySelector(".svd-inleiding");
    const rest = [];
    for (let e = inleiding.nextElementSibling; e; e = e.nextElementSibling) rest.push(e);
    veld.melding = el("p", { role: "status", class: "svd-voorlezen" });
    veld.kop = el("h2", { id: "verken-kop", tabindex: "-1" });
    veld.antwoord = el("div", { class: "verken-antwoord" });
    veld.uitleg = el("p", { class: "svd-noot" });
    veld.doek = el("div", { class: "verken-doek" });
    veld.eigenuitleg = el("p", { class: "svd-noot" });
    veld.tabellen = el("div", {});
    veld.werk = el(
      "section",
      { "aria-labelledby": "verken-kop", class: "verken-werk" },
      veld.kop, veld.antwoord, beelden(veld), veld.doek, veld.eigenuitleg, delen(veld), veld.uitleg, veld.tabellen,
    );
    const keuze = el(
      "section",
      { "aria-label": "Kiezen", class: "verken-keuze" },
      zoeken(veld), indicator(veld), gebieden(veld), vergelijk(veld), eigen(veld),
    );
    inleiding.after(
      veld.melding,
      el("div", { class: "verken" }, keuze, veld.werk),
      el("details", { class: "svd-meer" }, el("summary", {}, "Alle gebieden en indicatoren als lijst"), rest),
    );
    const wijzer = main.querySelector(".svd-wijzer");
    if (wijzer) wijzer.remove();
    if (staat.kaal) document.body.classList.add("verken-kaal");
  };

  // --- searching: a field with a list under it, by the pattern of a combobox ---

  function zoeken(veld) {
    const kaart = el("ul", { role: "listbox", id: "verken-gevonden", "aria-label": "Gevonden", class: "verken-gevonden", hidden: true });
    let opties = [];
    let actief = -1;
    const invoer = el("input", {
      type: "search", id: "verken-zoek", role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-expanded": "false", "aria-controls": "verken-gevonden", "aria-autocomplete": "list",
      oninput: () => open(invoer.value),
      onkeydown: (e) => {
        if (e.key === "ArrowDown" || e.key === "ArrowUp") {
          if (!opties.length) open(invoer.value);
          else wijs((actief + (e.key === "ArrowDown" ? 1 : -1) + opties.length) % opties.length);
        } else if (e.key === "Enter" && opties.length) kies(opties[Math.max(actief, 0)]);
        else if (e.key === "Escape") sluit();
        else return;
        e.preventDefault();
      },
      onblur: () => setTimeout(sluit, 200),
    });

    function open(tekst) {
      const { indicatoren, regios } = V.zoek(tekst);
      const waar = regios.slice(0, V.HOOGSTENS);
      const bij = waar.length ? ` in ${V.opsomming(waar.map((c) => V.regios[c].naam))}` : "";
      opties = indicatoren.slice(0, 8).map((i) => ({ i, g: waar, tekst: `${V.indicatoren[i].naam}${bij}`, klein: V.themas[V.indicatoren[i].thema] }));
      if (waar.length && !indicatoren.length) opties.push({ g: waar, tekst: V.opsomming(waar.map((c) => V.regios[c].naam)), klein: waar.length === 1 ? "gebied" : "gebieden" });
      actief = -1;
      kaart.replaceChildren(
        ...opties.map((o, n) => el("li", { role: "option", id: `verken-optie-${n}`, "aria-selected": "false", onmousedown: (e) => { e.preventDefault(); kies(o); } }, o.tekst, " ", el("span", { class: "svd-klein" }, o.klein))),
      );
      const leeg = tekst.trim().length > 2 && !opties.length;
      if (leeg) kaart.replaceChildren(el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Niets gevonden. Probeer een ander woord."));
      kaart.hidden = !opties.length && !leeg;
      invoer.setAttribute("aria-expanded", String(!kaart.hidden));
      invoer.removeAttribute("aria-activedescendant");
      if (opties.length) V.meld(opties.length === 1 ? "1 gevonden" : `${opties.length} gevonden`);
    }

    function wijs(n) {
      actief = n;
      kaart.querySelectorAll("[role=option]").forEach((e, k) => {
        e.setAttribute("aria-selected", String(k === n));
        if (k === n) e.scrollIntoView({ block: "nearest" });
      });
      invoer.setAttribute("aria-activedescendant", `verken-optie-${n}`);
    }

    function sluit() {
      kaart.hidden = true;
      opties = [];
      invoer.setAttribute("aria-expanded", "false");
      invoer.removeAttribute("aria-activedescendant");
    }

    function kies(o) {
      const g = o.g.length ? o.g : V.staat().g;
      invoer.value = "";
      sluit();
      V.zet({ i: o.i || V.staat().i, g, p: "" }, `${o.tekst}.`);
    }
    const wat = Object.keys(V.lijst.postcodes).length ? "een cijfer, een gebied of een postcode" : "een cijfer of een gebied";
    return el("div", { class: "verken-veld verken-zoek" }, el("label", { for: "verken-zoek" }, `Zoek ${wat}, of stel een vraag`), invoer, kaart);
  }

  function indicator(veld) {
    const { lijst } = V;
    veld.indicator = el(
      "select",
      { id: "verken-indicator", onchange: () => V.zet({ i: veld.indicator.value, p: "" }, "Andere indicator.") },
      groepen(lijst.themas.map(([id, naam]) => [naam, lijst.indicatoren.filter((i) => i[2] === id).map((i) => el("option", { value: i[0] }, i[1]))])),
    );
    return el("div", { class: "verken-veld" }, el("label", { for: "verken-indicator" }, "Indicator"), veld.indicator);
  }

  // --- areas ---

  function gebieden(veld) {
    const { lijst } = V;
    veld.gekozen = el("ul", { class: "verken-gekozen" });
    const optie = ([code, naam]) => el("option", { value: code }, naam);
    const van = (soort, eigen) => lijst.regios.filter(([c, , s]) => s === soort && lijst.eigen.includes(c) === eigen).map(optie);
    veld.gebied = el(
      "select",
      { id: "verken-gebied" },
      el("option", { value: "" }, "Kies een gebied"),
      optie(lijst.regios.find(([c]) => c === lijst.nederland)),
      groepen([
        ...SOORTEN.map((s) => [hoofdletter(lijst.woorden.soorten[s]), van(s, true)]),
        ["Andere provincies", van("provincie", false)],
        ["Andere gemeenten", van("gemeente", false)],
      ]),
    );
    const voegToe = () => {
      const code = veld.gebied.value;
      const { g } = V.staat();
      if (!code) return V.meld("Kies eerst een gebied uit de lijst.");
      if (g.includes(code)) return V.meld("Dat gebied staat er al.");
      if (g.length >= V.HOOGSTENS) return V.meld(`Er kunnen hoogstens ${V.HOOGSTENS} gebieden naast elkaar. Haal er eerst een weg.`);
      veld.gebied.value = "";
      return V.zet({ g: [...g, code] }, `${V.regios[code].naam} staat erbij.`);
    };
    return el(
      "fieldset",
      { class: "verken-veld" },
      el("legend", {}, `Gebieden (hoogstens ${V.HOOGSTENS})`),
      veld.gekozen,
      el("div", { class: "verken-rij" }, el("label", { for: "verken-gebied", class: "svd-voorlezen" }, "Gebied erbij"), veld.gebied, knop("Voeg toe", voegToe)),
    );
  }

  const hoofdletter = (t) => t.charAt(0).toUpperCase() + t.slice(1);

  function vergelijk(veld) {
    const { lijst } = V;
    const namen = {
      nl: V.regios[lijst.nederland].naam,
      pv: V.regios[lijst.provincie].naam,
      soort: "gemeenten die erop lijken",
      buren: "de buurprovincies",
    };
    veld.vergelijk = {};
    const vakken = Object.entries(namen)
      .filter(([k]) => (k !== "soort" || Object.keys(lijst.soortgenoten).length) && (k !== "buren" || lijst.buren.length))
      .map(([k, naam]) => {
        veld.vergelijk[k] = el("input", {
          type: "checkbox", id: `verken-v-${k}`,
          onchange: () => {
            const v = Object.keys(veld.vergelijk).filter((x) => veld.vergelijk[x].checked);
            V.zet({ v }, v.includes(k) ? `Vergeleken met ${naam}.` : `Zonder ${naam}.`);
          },
        });
        return el("div", { class: "verken-vak" }, veld.vergelijk[k], el("label", { for: `verken-v-${k}` }, naam));
      });
    return el("fieldset", { class: "verken-veld" }, el("legend", {}, "Vergelijk met"), vakken);
  }

  function eigen(veld) {
    const { lijst } = V;
    veld.eigennaam = el("input", { type: "text", id: "verken-naam", maxlength: "60", value: "Eigen gebied" });
    veld.leden = {};
    const vak = ([code, naam]) => {
      veld.leden[code] = el("input", { type: "checkbox", id: `verken-lid-${code}` });
      return el("div", { class: "verken-vak" }, veld.leden[code], el("label", { for: `verken-lid-${code}` }, naam));
    };
    const gemeenten = lijst.regios.filter(([, , s]) => s === "gemeente");
    const telOp = () => {
      const leden = Object.keys(veld.leden).filter((c) => veld.leden[c].checked);
      if (leden.length < 2) return V.meld("Kies minstens twee gemeenten.");
      const { g } = V.staat();
      if (!g.includes(V.EIGEN) && g.length >= V.HOOGSTENS) return V.meld(`Er kunnen hoogstens ${V.HOOGSTENS} gebieden naast elkaar. Haal er eerst een weg.`);
      const naam = veld.eigennaam.value.trim() || "Eigen gebied";
      return V.zet({ leden, naam, g: g.includes(V.EIGEN) ? g : [...g, V.EIGEN] }, `${naam} is opgeteld.`);
    };
    return el(
      "details",
      { class: "svd-meer verken-eigen" },
      el("summary", {}, "Tel zelf gemeenten op"),
      el("div", { class: "verken-veld" }, el("label", { for: "verken-naam" }, "Naam van uw gebied"), veld.eigennaam),
      el(
        "fieldset",
        { class: "verken-veld verken-leden" },
        el("legend", {}, "Gemeenten"),
        gemeenten.filter(([c]) => lijst.eigen.includes(c)).map(vak),
        el("p", { class: "svd-klein" }, "Buiten de provincie:"),
        gemeenten.filter(([c]) => !lijst.eigen.includes(c)).map(vak),
      ),
      knop("Tel op", telOp),
    );
  }

  // --- the picture, and sharing it ---

  function beelden(veld) {
    veld.beelden = {};
    const vakken = Object.entries(V.BEELDEN)
      .filter(([k]) => k !== "kaart" || V.lijst.kaart)
      .map(([k, naam]) => {
        veld.beelden[k] = el("input", { type: "radio", name: "verken-beeld", id: `verken-t-${k}`, onchange: () => V.zet({ t: k }, `${naam}.`) });
        return el("div", { class: "verken-vak" }, veld.beelden[k], el("label", { for: `verken-t-${k}` }, naam));
      });
    veld.periode = el("select", { id: "verken-periode", onchange: () => V.zet({ p: veld.periode.value }, "Andere periode.") });
    veld.periodevak = el("div", { class: "verken-rij", hidden: true }, el("label", { for: "verken-periode" }, "Periode"), veld.periode);
    return el("fieldset", { class: "verken-veld verken-beelden" }, el("legend", {}, "Beeld"), vakken, veld.periodevak);
  }

  function delen(veld) {
    return el(
      "div",
      { class: "verken-delen", role: "group", "aria-label": "Delen en bewaren" },
      knop("Kopieer link", () => V.acties.kopieer(V.adres(), "De link")),
      knop("PNG", () => V.acties.png(), { "aria-label": "Bewaar het beeld als PNG" }),
      knop("SVG", () => V.acties.svg(), { "aria-label": "Bewaar het beeld als SVG" }),
      knop("CSV", () => V.acties.csv(), { "aria-label": "Bewaar de cijfers als CSV" }),
      knop("Kopieer regel om in te sluiten", () => V.acties.kopieer(V.insluiten(), "De regel")),
    );
  }

  // --- the controls say what the state is ---

  V.werkBedieningBij = (staat, veld) => {
    veld.indicator.value = staat.i;
    veld.gekozen.replaceChildren(
      ...staat.g.map((code) => {
        const naam = code === V.EIGEN ? staat.naam : V.regios[code].naam;
        const weg = () => {
          V.zet({ g: staat.g.filter((c) => c !== code) }, `${naam} is weggehaald.`);
          (veld.gekozen.querySelector("button") || veld.gebied).focus();
        };
        return el("li", {}, `${naam} `, knop("\u00d7", weg, { "aria-label": `Haal ${naam} weg` }));
      }),
    );
    for (const [k, vak] of Object.entries(veld.vergelijk)) vak.checked = staat.v.includes(k);
    for (const [k, vak] of Object.entries(veld.beelden)) vak.checked = k === staat.t;
    if (staat.leden.length) {
      veld.eigennaam.value = staat.naam;
      for (const [code, vak] of Object.entries(veld.leden)) vak.checked = staat.leden.includes(code);
    }
    veld.periodevak.hidden = staat.t === "lijn";
    veld.periode.replaceChildren(
      el("option", { value: "" }, "de laatste"),
      ...V.data[staat.i].p.slice().reverse().map((p) => el("option", { value: p }, V.periode(p))),
    );
    veld.periode.value = V.data[staat.i].p.includes(staat.p) ? staat.p : "";
  };
})(globalThis.Verken);
