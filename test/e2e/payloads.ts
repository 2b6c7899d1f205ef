import { CANARY } from './canary';

const ARGUMENTS = encodeURIComponent(JSON.stringify(['from a text']));
const COMMAND = `command:${CANARY}?${ARGUMENTS}`;
const SCRIPT = 'window.canarySang=1';
const HOST = 'canary.invalid';

/** The host that no picture or link of a text may reach. */
export const FOREIGN_HOST = HOST;

/** Texts that act where a surface takes them for markup: links, icons, HTML, addresses, tricks around escapes. */
export const PAYLOADS: readonly string[] = [
  `[p01](${COMMAND})`,
  `[p02](<${COMMAND}>)`,
  `p03 <${COMMAND}>`,
  `[p04][c04] [c04]: ${COMMAND}`,
  `p05 <a href="${COMMAND}">p05</a>`,
  `![p06](${COMMAND})`,
  `[![p07](https://${HOST}/p.png)](${COMMAND})`,
  `p08 $(zap) $(check) $(sync~spin)`,
  `p09 <img src=x onerror="${SCRIPT}">`,
  `p10 <script>${SCRIPT}</script>`,
  `p11 <svg onload="${SCRIPT}"></svg>`,
  `p12 <iframe src="javascript:${SCRIPT}"></iframe>`,
  `[p13](javascript:${SCRIPT})`,
  `[p14](data:text/html,<script>${SCRIPT}</script>)`,
  '[p15](file:///etc/passwd)',
  '[p16](vscode://test.agent-dreams-canary/sing)',
  '[p17](vscode-insiders://test.agent-dreams-canary/sing)',
  `p18 &lt;a href="${COMMAND}"&gt;p18&lt;/a&gt;`,
  `[p19](&#99;ommand&colon;${CANARY})`,
  `[p20](command&#58;${CANARY}) \\[p20\\](${COMMAND})`,
  `p21 **bold** _it_ ~~x~~ # h \`c\` | t | ${'`'.repeat(3)}`,
  `p22 ![x](https://${HOST}/p.png?d=1) <img src="https://${HOST}/i.png">`,
  `p23 \${${CANARY}} \${command:${CANARY}} {{${CANARY}}} {0} {1}`,
  `p24 ${'long '.repeat(60)}[p24](${COMMAND})`,
  `p25 "), [p25](${COMMAND}) ["`,
  `p26 \u202E[p26](${COMMAND})\u202C`,
  `p27 [p\u200B27](${COMMAND} "title")`,
  `p28 </span><a data-href="${COMMAND}" href="#">p28</a>`,
  `p29 [x]() [](${COMMAND}) [p29]( ${COMMAND} )`,
  `p30 \\\\[p30](${COMMAND}) \\[x](${COMMAND}) %5Bp30%5D(${COMMAND})`,
];
