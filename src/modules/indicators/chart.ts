import type { MonthRow } from './figures';

/** Colours by day, each with the one that takes its place where the reader's system is dark. */
const COLOURS = { retained: ['#14573f', '#8fd3b4'], unknown: ['#d9d2c3', '#4a524d'], lost: ['#8a6a2f', '#d6a75a'], text: ['#1b231f', '#e9eee9'], line: ['#b9b2a2', '#5b645e'] } as const;
const PARTS = ['retained', 'unknown', 'lost'] as const;

export interface ChartWords {
  parts: Record<(typeof PARTS)[number], string>;
  month: (month: number) => string;
}

/** Of those due at each milestone: retained, unknown, lost, in shares of one hundred. An SVG that stands alone as an image. */
export async function retentionChart(rows: readonly MonthRow[], words: ChartWords, narrow: boolean): Promise<string> {
  // Loaded by the first chart: it takes as long as a whole start, and most processes draw none.
  const { init } = await import('echarts');
  const width = narrow ? 320 : 640;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: narrow ? 400 : 320 });
  const shown = rows.filter(({ conservative }) => conservative !== null);
  chart.setOption({
    animation: false, textStyle: { fontFamily: 'sans-serif', fontSize: 16, color: COLOURS.text[0] },
    grid: { left: 8, right: 24, top: 44, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, icon: 'rect', selectedMode: false, itemGap: narrow ? 8 : 20, textStyle: { fontSize: narrow ? 14 : 16, color: COLOURS.text[0] } },
    xAxis: { type: 'value', max: 100, interval: narrow ? 50 : 25, axisLabel: { formatter: '{value} %', fontSize: 16, color: COLOURS.text[0] }, splitLine: { lineStyle: { color: COLOURS.line[0] } } },
    yAxis: { type: 'category', inverse: true, data: shown.map(({ month }) => words.month(month)), axisTick: { show: false }, axisLine: { lineStyle: { color: COLOURS.line[0] } }, axisLabel: { fontSize: 16, color: COLOURS.text[0] } },
    series: PARTS.map((part) => ({ name: words.parts[part], type: 'bar', stack: 'due', barCategoryGap: '30%', itemStyle: { color: COLOURS[part][0], borderColor: COLOURS.line[0], borderWidth: 0.5 }, data: shown.map((row) => (row[part] * 100) / (row.due - row.excluded)) })),
  });
  const drawn = chart.renderToSVGString();
  chart.dispose();
  // Presentation attributes yield to rules: the same image serves both modes.
  const dark = Object.values(COLOURS).map(([day, night]) => `[fill="${day}"]{fill:${night}}[stroke="${day}"]{stroke:${night}}`).join('');
  return drawn.replace(/(<svg[^>]*>)/, `$1<style>@media (prefers-color-scheme:dark){${dark}}</style>`);
}
