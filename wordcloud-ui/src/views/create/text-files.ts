/** What a file chooser offers where a text is wanted. */
export const TEXT_FILES = '.txt,.md,.csv,.log,.srt,.vtt,.text,.html,.htm,.pdf,.docx,.epub,text/*';
