/** A case in the shape of CoSER's test set; the words are ours. */
export const coserCase = {
  book: 'The Lamp at Grey Ness',
  i_p: 4,
  i_c: 0,
  tag: 'id',
  topic: 'The log book',
  scenario: 'The lamp room of a lighthouse, an hour before dawn. The log book lies open, and its last page is gone.',
  plot: {
    summary: 'Marta learns who tore the page out of the log, and why he will not say so.',
    prominence: 80,
    key_characters: [{ name: 'Marta Quill', description: 'Keeper of the light.', summary: 'She asks.' }],
    chapter: 'Chapter 3',
    i_p: 4,
  },
  character_profiles: {
    'Marta Quill': 'Marta has kept the light for nine years.',
    'Old Tobias': 'Tobias rowed the supply boat until his hands gave out.',
    'The Bishop': 'He never comes here.',
  },
  key_characters: [
    { name: 'Marta Quill', thought: 'MARTA-MOTIVE' },
    { name: 'Old Tobias', thought: 'TOBIAS-MOTIVE' },
  ],
  speaking_characters_w_env: ['Marta Quill', 'Old Tobias', 'Environment'],
  major_characters: ['Marta Quill', 'Old Tobias'],
  dialogues: [
    { character: 'Environment', message: 'The wind leans on the glass.' },
    { character: 'Marta Quill', message: '[MARTA-THOUGHT] (turns the lamp down) A page is missing, Tobias.' },
    { character: 'Old Tobias', message: '[TOBIAS-THOUGHT] (looks at the sea) Pages go.' },
    { character: 'Marta Quill', message: 'Not by themselves.' },
  ],
} as const
