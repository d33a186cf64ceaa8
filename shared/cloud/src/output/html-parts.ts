/** Style, script and words of the HTML page: the same in every page of a language, so that their hashes can be told beforehand. */

export interface HtmlLabels {
  title: string;
  table: string;
  word: string;
  count: string;
  share: string;
  skipped: string;
  hint: string;
}

export const LABELS = {
  en: {
    title: 'Word cloud',
    table: 'All words',
    word: 'Word',
    count: 'Count',
    share: 'Share',
    skipped: 'Not in the picture',
    hint: 'Point at a word, or use the arrow keys.',
  },
  zh: {
    title: '词云',
    table: '全部词语',
    word: '词语',
    count: '次数',
    share: '占比',
    skipped: '未画出',
    hint: '指向词语，或使用方向键。',
  },
} as const satisfies Record<string, HtmlLabels>;

export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--text:#1b1b1e;--faint:#5b6270;--line:#d7dae0}
@media (prefers-color-scheme:dark){:root{--ground:#14161a;--text:#e8eaee;--faint:#a2a9b6;--line:#363b45}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1rem;max-width:90rem;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
h1{margin:0;font-size:1.25rem;overflow-wrap:anywhere}
p{margin:0 0 .75rem;color:var(--faint)}
.picture{position:relative;width:fit-content;max-width:100%;margin:0 auto;background:#fff}
.picture svg{display:block;width:auto;height:auto;max-width:100%;max-height:85vh}
svg:focus{outline:none}
svg:focus-visible{outline:2px solid Highlight;outline-offset:2px}
svg [role=option]{cursor:default;pointer-events:bounding-box;transition:opacity .15s}
svg.chosen [role=option]:not([aria-selected=true]){opacity:.25}
@media (prefers-reduced-motion){svg [role=option]{transition:none}}
.tip{position:absolute;z-index:1;padding:.25rem .625rem;border-radius:.375rem;background:#1b1b1e;color:#fff;box-shadow:0 0 0 1px #fff6;pointer-events:none;max-width:100%;overflow-wrap:anywhere}
details{margin-top:1rem}
summary{cursor:pointer;width:fit-content}
table{border-collapse:collapse;margin-top:.5rem;font-variant-numeric:tabular-nums}
th,td{padding:.125rem .75rem;border-bottom:1px solid var(--line);text-align:end}
th:first-child,td:first-child{text-align:start;overflow-wrap:anywhere}
@media print{details,p{display:none}}
`;

/**
 * Makes the picture a list of which one word at a time is chosen: by the pointer, or by keys (WAI-ARIA's listbox). Nothing of the
 * words is in the script: it reads them from the page. Copies of words come after all words and have their rows, but no key leads to them.
 */
export const SCRIPT = `
const svg=document.querySelector('svg'),tip=document.querySelector('.tip'),rows=document.querySelectorAll('tbody tr'),words=[...svg.querySelectorAll('[data-word]')];
const rowOf=new Map(),keyOf=(word)=>word.dataset.word+'\\n'+word.dataset.weight;
let at=-1;
const choose=(next)=>{
if(words[at])words[at].removeAttribute('aria-selected');
at=next;
const word=words[at];
svg.classList.toggle('chosen',!!word);
tip.hidden=!word;
if(!word){svg.removeAttribute('aria-activedescendant');return}
word.setAttribute('aria-selected','true');
svg.setAttribute('aria-activedescendant',word.id);
tip.textContent=word.getAttribute('aria-label');
const box=word.getBoundingClientRect(),frame=svg.getBoundingClientRect(),size=tip.getBoundingClientRect();
const above=box.top-frame.top-size.height-6;
tip.style.left=Math.max(0,Math.min(frame.width-size.width,(box.left+box.right-size.width)/2-frame.left))+'px';
tip.style.top=(above<0?Math.min(box.bottom-frame.top+6,frame.height-size.height):above)+'px';
};
words.forEach((word,i)=>{
if(i<rows.length)rowOf.set(keyOf(word),rows[i]);
word.querySelector('title').remove();
word.id='w'+i;
word.setAttribute('role','option');
word.setAttribute('aria-label',[...rowOf.get(keyOf(word)).cells].map((cell)=>cell.textContent).join(' · '));
word.addEventListener('pointerenter',()=>choose(i));
word.addEventListener('pointerdown',()=>choose(i));
});
svg.setAttribute('role','listbox');
svg.setAttribute('tabindex','0');
svg.addEventListener('pointerleave',(event)=>{if(event.pointerType==='mouse')choose(-1)});
svg.addEventListener('focus',()=>{if(at<0&&svg.matches(':focus-visible'))choose(0)});
svg.addEventListener('blur',()=>choose(-1));
svg.addEventListener('keydown',(event)=>{
const last=rows.length-1,next={ArrowRight:Math.min(at+1,last),ArrowDown:Math.min(at+1,last),ArrowLeft:Math.max(at-1,0),ArrowUp:Math.max(at-1,0),Home:0,End:last,Escape:-1}[event.key];
if(next===undefined||event.ctrlKey||event.altKey||event.metaKey)return;
event.preventDefault();
choose(next);
});
document.querySelector('p').hidden=false;
`;
