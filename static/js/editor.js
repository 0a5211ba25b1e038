// The editor of a case: saves while one types, lets figures follow, and moves in the grid as in Excel.
// Without it everything works by its buttons. Words come from the form's data attributes.
(() => {
  const at = (id) => document.getElementById(id), form = at("editor");
  if (!form) return;
  const words = form.dataset, said = at("saved");
  const dirty = new Set(), clashed = new Set();
  let saving = null, saveTimer, figureTimer, figureTurn = 0, leaving = false, cellInUse = null;

  const all = (where, what) => [...where.querySelectorAll(what)];
  const on = (what, act) => form.addEventListener(what, act);
  const say = (text) => (said.textContent = text);

  // Where two texts are shown, the button alone saves: nobody has chosen yet.
  for (const box of all(form, "[name=theirs]")) clashed.add(box.closest(".fold").id.slice(8));

  const foldOf = (el) => el.closest(".fold")?.id.slice(8);
  const cellsOf = (row) => all(row, ".cell input");
  const lines = () => all(form, "tr.line").filter((row) => cellsOf(row).length);

  // What stands in some sections, in the form that is read the quickest. Files wait for the button.
  function body(sections, more = {}) {
    const data = new URLSearchParams();
    for (const el of form.elements) {
      const fold = foldOf(el), idle = /^(file|submit|button)$/.test(el.type) || (/^(checkbox|radio)$/.test(el.type) && !el.checked);
      if (el.name && !idle && (!fold || sections.has(fold))) data.append(el.name, el.value);
    }
    for (const name in more) data.append(name, more[name]);
    return data;
  }

  async function post(url, data, keepalive = false) {
    const answer = await fetch(url, { method: "POST", body: data, keepalive });
    const json = answer.headers.get("Content-Type")?.includes("json");
    if (!json && !answer.ok) throw new Error(answer.status);
    return json ? answer.json() : answer.text();
  }

  function touched(section) {
    dirty.add(section);
    say(words.typing);
    clearTimeout(saveTimer);
    saveTimer = setTimeout(save, 1500);
    if (section === "economy") {
      clearTimeout(figureTimer);
      figureTimer = setTimeout(figures, 200);
    }
  }

  async function save(keepalive) {
    clearTimeout(saveTimer);
    if (saving) return saving.then(() => dirty.size && save());
    const sections = new Set([...dirty].filter((section) => !clashed.has(section)));
    if (!sections.size) return;
    sections.forEach((section) => dirty.delete(section));
    if (!keepalive) say(words.saving);
    saving = post(words.save, body(sections), keepalive === true).then(stored, () => null).then((done) => {
      saving = null;
      if (done) return;
      sections.forEach((section) => dirty.add(section));
      say(words.failed);
    });
    return saving;
  }

  function stored(answer) {
    if (answer.refused) return void say(answer.refused);
    for (const section in answer.sync) {
      [form.elements["rev-" + section].value, form.elements["base-" + section].value] = answer.sync[section];
    }
    for (const section in answer.parts) {
      const part = document.querySelector(`#section-${section} .part`), [kind, text] = answer.parts[section];
      part.className = "part " + kind;
      part.textContent = text;
    }
    at("checklist").innerHTML = answer.checklist;
    const lacks = at("lacking"), still = all(at("checklist"), "a").map((link) => link.hash);
    if (lacks) {
      all(lacks, "a").forEach((link) => still.includes(link.hash) || link.parentNode.remove());
      lacks.hidden = !lacks.querySelector("a");
    }
    const told = at("told"), left = answer.left_out, both = answer.conflicts;
    for (const [id] of both) clashed.add(id.slice(8));
    say((left.length || both.length ? words.leftOut : "✓ " + words.saved).replace("{time}", answer.saved));
    told.hidden = !left.length && !both.length;
    told.querySelector("h2").textContent = both.length ? words.conflict : answer.summary;
    told.querySelector("ul").innerHTML = answer.told;
    if (answer.years) {
      rows("line-years", "economy", "line-years");
      say(answer.years);
    }
    return true;
  }

  async function figures() {
    const turn = ++figureTurn;
    const answer = await post(words.figures, body(new Set(["economy"]))).catch(() => null);
    if (!answer?.out || turn !== figureTurn) return;
    for (const id in answer.out) {
      const cell = at(id);
      if (cell) cell.textContent = answer.out[id];
    }
    const told = at("told");
    all(told, "a[href^='#id_line-']").forEach((link) => answer.errors[link.hash.slice(4)] || link.parentNode.remove());
    told.hidden = !told.querySelector("li");
    all(form, "tr.cell-error").forEach((row) => row.remove());
    for (const line of lines()) {
      const cells = cellsOf(line), bad = cells.filter((cell) => answer.errors[cell.name]);
      line.classList.toggle("wrong", bad.length > 0);
      for (const cell of cells) {
        const wrong = bad.includes(cell);
        cell.parentNode.classList.toggle("bad", wrong);
        cell.ariaInvalid = wrong || null;
        wrong ? cell.setAttribute("aria-describedby", "e-" + cell.name) : cell.removeAttribute("aria-describedby");
      }
      if (bad.length) line.insertAdjacentHTML("afterend", answer.wrong[line.id]);
    }
    at("figures").innerHTML = answer.side;
    at("pinned").innerHTML = answer.pinned;
  }

  // An act on rows is carried out by the server, on what stands in the fields now; nothing is stored by it.
  async function rows(act, section, focus, block = "") {
    const old = at("rows-" + section);
    const open = all(old, "tr.more.wide").map((row) => row.id);
    const html = await post(words.rows, body(new Set([section]), { do: act, block })).catch(() => null);
    if (!html) return void say(words.failed);
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("rows-" + section);
    const undo = fresh.querySelector("[data-undo]");
    if (undo) {
      undo.hidden = false;
      undo.textContent = words.undo;
      undo.onclick = () => (fresh.replaceWith(old), touched(section));
    }
    old.replaceWith(fresh);
    open.forEach((id) => unfold(at(id), true));
    const added = /-add/.test(act) && all(fresh, "[name$=-text]").find((el) => !el.value && !old.querySelector("#" + el.id));
    (added || at(focus) || fresh.querySelector("input:not([type=hidden])"))?.focus();
    touched(section);
  }

  function unfold(more, open) {
    const opener = more && form.querySelector(`[aria-controls="${more.id}"]`);
    if (!opener) return;
    opener.setAttribute("aria-expanded", open);
    more.classList.toggle("wide", open);
    opener.closest("tr").classList.toggle("wide", open);
  }

  function reveal(hash) {
    const target = hash.length > 1 && at(hash.slice(1));
    if (!target) return false;
    for (let fold = target.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
    const more = target.closest("tr.more");
    if (more) unfold(more, true);
    const field = target.matches("input, select, textarea") ? target : target.querySelector("summary, input:not([type=hidden]), .opener") || target;
    field.focus();
    target.scrollIntoView({ block: "center" });
    return true;
  }

  on("input", (event) => {
    const el = event.target, section = foldOf(el);
    if (!el.name || el.type === "file" || el.matches("[data-remark]") || !section) return;
    // A start year half typed would move every amount: it waits until the field is left.
    if (el.name !== "start_year") touched(section);
    if (el.getAttribute("list") === "people" && el.value.length > 1) {
      fetch(words.people + "?q=" + encodeURIComponent(el.value)).then((answer) => (answer.ok ? answer.text() : "")).then((html) => (at("people").innerHTML = html), () => null);
    }
  });
  on("change", (event) => {
    const el = event.target;
    if (el.name === "start_year") touched("about");
    if (el.id === "id_file") at("files").textContent = [...el.files].map((file) => file.name).join(", ");
    if (el.matches("[data-regroup]")) rows("line-refresh:" + el.name.split("-")[1], "economy", el.id);
  });
  on("click", (event) => {
    const opener = event.target.closest(".opener"), button = event.target.closest("button[name=do]");
    if (opener) {
      const more = at(opener.getAttribute("aria-controls"));
      return unfold(more, !more.classList.contains("wide"));
    }
    if (!button || !/^(line|risk|milestone)-|^unit:/.test(button.value)) return;
    event.preventDefault();
    const kind = button.value.split("-")[0], section = { risk: "risks", milestone: "milestones" }[kind] || "economy";
    const row = cellInUse?.closest("tr"), key = row?.querySelector("[name=line]").value;
    const year = /^line-(right|same):/.test(button.value) && button.value.endsWith(key) ? ":" + cellsOf(row).indexOf(cellInUse) : "";
    rows(button.value + year, section, cellInUse?.id);
  });
  on("focusin", ({ target }) => {
    if (!target.matches(".cell input")) return;
    cellInUse = target;
    target.before_ = target.value;
    target.editing = false;
    target.select();
  });
  on("mousedown", ({ target }) => {
    if (target === document.activeElement) target.editing = true;
  });
  on("keydown", (event) => {
    const { target, key } = event;
    if (!target.matches(".cell input") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "F2") return void ((target.editing = !target.editing), target.setSelectionRange(target.value.length, target.value.length));
    if (key === "Escape") {
      target.value = target.before_;
      target.select();
      return touched("economy");
    }
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Enter: [event.shiftKey ? -1 : 1, 0] }[key];
    if (!step) return;
    const end = step[1] < 0 ? 0 : target.value.length;
    if (step[1] && (event.shiftKey || (target.editing && (target.selectionStart !== end || target.selectionEnd !== end)))) return;
    event.preventDefault();
    const rows = lines(), row = target.closest("tr"), column = cellsOf(row).indexOf(target);
    const next = step[0] ? rows[rows.indexOf(row) + step[0]] : row;
    next && cellsOf(next)[column + step[1]]?.focus();
  });
  on("paste", (event) => {
    const { target } = event, block = event.clipboardData.getData("text/plain");
    if (!target.matches(".cell input") || !/[\t\n]/.test(block.trimEnd())) return;
    event.preventDefault();
    const row = target.closest("tr");
    rows(`line-paste:${row.querySelector("[name=line]").value}:${cellsOf(row).indexOf(target)}`, "economy", target.id, block);
  });
  on("submit", () => (leaving = true));
  // Whoever goes on by a link waits for the answer: the next page may be this one again, and must show what was typed.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]"), plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link) return;
    if (link.pathname === location.pathname) return void (reveal(link.hash) && event.preventDefault());
    if (!plain || event.defaultPrevented || link.target || !(dirty.size || saving)) return;
    event.preventDefault();
    await save();
    location.assign(link.href);
  });
  document.addEventListener("visibilitychange", () => document.hidden && dirty.size && !leaving && save(true));
  window.addEventListener("beforeunload", (event) => !leaving && (dirty.size || saving || all(form, "[data-remark]").some((el) => el.value)) && event.preventDefault());
  window.addEventListener("pageshow", () => (leaving = false));
  if (location.hash) reveal(location.hash);
})();
