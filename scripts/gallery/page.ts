/** The page that shows the pictures, each with the command that makes it. */
import type { Picture, Section } from './pictures.ts';

export function galleryPage(sections: readonly Section[]): string {
  const parts = sections.map(
    ({ title, about, pictures }) => `## ${title}\n\n${about}\n\n${pictures.map(show).join('\n\n')}\n`,
  );
  return `# Gallery

Made by \`npm run gallery\` from the texts in [docs/samples](../samples), each by the command below it; \`npm run cloud -- --help\` shows all options.

${parts.join('\n')}`;
}

function show({ name, title, args, format }: Picture): string {
  const words = args.map((arg) => (/[^\w./:=,-]/.test(arg) ? `"${arg}"` : arg));
  const command = ['npm run cloud --', ...words, '-o', `${name}.${format}`].join(' ');
  return `### ${title}\n\n![A word cloud: ${title}](${name}.${format})\n\n\`\`\`sh\n${command}\n\`\`\``;
}
