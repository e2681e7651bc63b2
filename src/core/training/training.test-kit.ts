// Rows in the shapes HER's data set documents (§ its card and its code); the words are ours.

/** A `full_info` row in which two turns of one speaker were joined, so that its own planning sits at the wrong place. */
export const fullInfoRow = {
  trace_id_book_chapter: 'The Grey Pier_Chapter 2_4_0',
  book_name: 'The Grey Pier',
  chapter: 'Chapter 2',
  text: 'Rain had not stopped since noon.',
  summary: 'Anna finds the ledger.',
  prominence: 80,
  state: 'finished',
  i_chunk: 3,
  i_p: 9,
  plot_index: 4,
  conv_index: 0,
  key_characters: [{ name: 'Anna', description: 'Clerk', experience: 'Hides the book', summary: 'She finds it.' }],
  conversation: [
    {
      scenario: 'The pier office.',
      scenario_enriched: 'The pier office, in the rain.',
      scenario_enrichment_reasoning: 'The talk is of rain.',
      topic: 'The ledger',
      key_characters: [
        { name: 'Anna', motivation: 'To keep the ledger' },
        { name: 'Boris', motivation: 'To have it burnt' },
      ],
      i_c: 0,
      speaking_characters_w_env: ['Boris', 'Anna', 'Environment'],
      major_characters: ['Anna', 'Boris'],
      dialogues: [
        {
          character: 'Boris',
          message: '(leans in) Well?',
          origin_id: [0, 1],
          standard_format: '<role_action>leans in</role_action> Well?',
          enhanced_standard_format: '<role_action>leans in</role_action><role_thinking>She has it</role_thinking>Well?',
          sys_thinking: 'I need to portray Anna as…',
        },
        {
          character: 'Anna',
          message: '[He lies.] (nods) Fine.',
          origin_id: [2, 3],
          standard_format: '<role_thinking>He lies.</role_thinking><role_action>nods</role_action>Fine.',
          without_think: '<role_action>nods</role_action> Fine.',
          enhanced_standard_format:
            '<role_action>closes the ledger</role_action><role_thinking>He lies, and badly</role_thinking>Fine.',
          enhanced_reason: 'adds motive',
          enhanced_pattern: 'act->think->speech',
        },
        { character: 'Environment', message: 'A gull cries.', origin_id: [4] },
        { character: 'Anna', message: '[Enough.] Go.', origin_id: [5] },
      ],
    },
  ],
  character_datasets: {
    Anna: {
      book_name: 'The Grey Pier',
      character: 'Anna',
      character_profile: 'A clerk of the harbour.',
      character_profile_enriched: 'A clerk of the harbour who never hurries.',
      background: 'Nine years at the pier.',
      motivation: 'To keep the ledger',
      motivation_enriched: 'To keep the ledger from her brother',
      description: 'Clerk',
      other_character_profiles: { Boris: 'Her brother.' },
      output_format: '…',
    },
    Boris: { character_profile: 'He owes money.', other_character_profiles: { Anna: 'A clerk.' } },
  },
  training_samples: {
    Anna: [
      { role: 'system', content: 'You are Anna…', origin_id: null },
      { role: 'user', content: 'Boris: Well?', origin_id: [0, 1] },
      {
        role: 'assistant',
        content: 'Anna: …',
        origin_id: [2, 3],
        sys_thinking_revised: 'I need to portray Anna as calm.',
        sys_thinking_original: 'An older plan.',
      },
      { role: 'user', content: 'Environment: A gull cries.', origin_id: [4] },
      { role: 'assistant', content: 'Anna: Go.', origin_id: [5], sys_thinking_original: 'Anna ends it here.' },
    ],
  },
  prompt_config: { version: 'v6' },
} as const

const systemPrompt = `You are Anna from The Grey Pier.

===Anna's Profile===
description: Clerk

A clerk of the harbour.

===Background===
Nine years at the pier.

===Current Scenario===
The pier office, in the rain.

===Information about other Characters===
**Boris**: Her brother.

Appearance: a red coat.

===Your Inner Thoughts===
To keep the ledger

===Requirements===
Your output should follow this two-part structure in strict order:
1. System Thinking: …
Environment: nobody.`

/** A row of `sft_multi_turn`. */
export const multiTurnRow = {
  trace_id: 'The Grey Pier_Chapter 2_4_0_Anna',
  messages: [
    { role: 'system', content: systemPrompt },
    {
      role: 'user',
      content:
        '===Conversation Start===\n\nBoris: <role_action>leans in</role_action> Well?\n\nRemember: it rains.\n\nEnvironment: A gull cries.',
    },
    { role: 'assistant', content: 'Anna: <role_thinking>He lies</role_thinking>No.' },
    { role: 'user', content: 'Boris: Now.' },
    {
      role: 'assistant',
      content:
        '<system_thinking>I need to portray Anna as calm.</system_thinking>Anna: <role_thinking>He lies, and badly</role_thinking><role_action>nods</role_action>Fine.',
    },
  ],
} as const

/** A row of `sft_single_turn`. */
export const singleTurnRow = {
  trace_id: 'The Grey Pier_Chapter 2_4_0_Anna_turn_1',
  messages: multiTurnRow.messages,
  original_trace_id: multiTurnRow.trace_id,
  turn_index: 1,
  history_turns: 1,
} as const
