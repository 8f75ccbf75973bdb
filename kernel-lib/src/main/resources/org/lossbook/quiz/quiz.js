// Makes a button of each choice, which unfolds whether it is right, and why. It reads question, choices and reasons from
// the list that a page without scripts shows.
(host) => {
  'use strict';
  const part = (selector) => [...host.querySelectorAll(selector)];
  const reasons = part('details li');
  const choices = part('li').filter((each) => !reasons.includes(each));
  const root = host.shadowRoot || host.attachShadow({ mode: 'open' });
  root.innerHTML = `<style>
    :host { display: block; max-width: 640px; font: 15px/1.5 system-ui, sans-serif; }
    p { margin: 0 0 8px; }
    #question { font-weight: 600; }
    ul { margin: 0; padding: 0; list-style: none; }
    li { margin: 0 0 8px; --mark: #808080; }
    li.right { --mark: #009e73; }
    li.wrong { --mark: #d55e00; }
    button { display: flex; gap: 12px; box-sizing: border-box; width: 100%; min-height: 44px; align-items: center; padding: 6px 14px;
      border: 1px solid var(--mark); border-radius: 8px; background: transparent; color: inherit; font: inherit; text-align: left; cursor: pointer; }
    li.right button, li.wrong button { box-shadow: inset 0 0 0 1px var(--mark), inset 7px 0 0 var(--mark); }
    button:hover { background: rgb(128 128 128 / 12%); }
    button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
    .letter { flex: none; width: 1em; font-weight: 600; text-align: center; }
    .why { margin: 0; padding: 0 14px 0 42px; }
    .why:not(:empty) { padding-top: 6px; padding-bottom: 4px; }
    code { font: 0.92em ui-monospace, monospace; overflow-wrap: anywhere; }
  </style>
  <div role="group" aria-labelledby="question"><p id="question">${host.querySelector('p').innerHTML}</p>
  <ul role="list">${choices.map((choice, i) => `<li><button type="button" aria-expanded="false" aria-controls="why${i}">
    <span class="letter">${String.fromCharCode(65 + i)}</span><span>${choice.innerHTML}</span></button>
    <p class="why" id="why${i}" role="status"></p></li>`).join('')}</ul></div>`;
  root.querySelectorAll('li').forEach((li, i) => {
    const [button, why] = li.children;
    button.addEventListener('click', () => {
      const folded = button.getAttribute('aria-expanded') === 'true';
      button.setAttribute('aria-expanded', String(!folded));
      li.className = folded ? '' : reasons[i].className || 'wrong';
      button.querySelector('.letter').textContent = folded ? String.fromCharCode(65 + i) : li.className === 'right' ? '✓' : '✗';
      why.innerHTML = folded ? '' : reasons[i].innerHTML;
    });
  });
}
