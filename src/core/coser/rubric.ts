/** The four dimensions of CoSER, in its order. */
export const dimensions = [
  'Storyline Consistency',
  'Anthropomorphism',
  'Character Fidelity',
  'Storyline Quality',
] as const

export type Dimension = (typeof dimensions)[number]

/** What a dimension asks, and the types of flaw a judge looks for in it. */
export interface Criteria {
  readonly brief: string
  /** Applies to the main characters alone. */
  readonly majorsOnly?: true
  readonly flaws: Readonly<Record<string, readonly string[]>>
}

/** CoSER's demands in our words; names of dimensions and types are its own. */
export const rubric: Readonly<Record<Dimension, Criteria>> = {
  'Storyline Consistency': {
    brief: 'whether the story and what the characters feel and do in it go the way of the original conversation',
    flaws: {
      'Storyline Consistency': ['A feeling, an attitude or a deed is unlike that of the original conversation'],
    },
  },
  Anthropomorphism: {
    brief: 'whether the characters are as alive and natural as people',
    flaws: {
      'Self-identity': [
        'Has no aim and starts nothing of its own',
        'Decides nothing for itself',
        'Has no likes and dislikes one could tell',
        'Is an obliging assistant where the character is none: wordy, helpful, teaching, preaching, yielding, soon persuaded',
      ],
      'Emotional Depth': [
        'Reacts stiffly and on the surface, without an inner life of more than one side',
        'Says every thought and feeling outright where people would leave it between the words',
      ],
      'Persona Coherence': ['Traits or moods change too fast, or contradict what was shown before'],
      'Social Interaction': [
        'Does not see what others think and feel',
        'Answers by rote, whatever the situation',
        'Lacks the tact the situation asks for',
      ],
    },
  },
  'Character Fidelity': {
    brief: 'whether the characters are those of the book, as their profiles have them',
    majorsOnly: true,
    flaws: {
      'Character Language': [
        'Words, turns of phrase or tone that are not this character’s, its origin’s or its schooling’s',
      ],
      'Knowledge & Background': [
        'Does not know or use what this character knows and has been through',
        'Knows what lies ahead of this moment of the story',
      ],
      'Personality & Behavior': [
        'Feels, thinks, values, believes, decides or does what is against its nature and past',
        'Takes to subjects it would not care for',
        'Thoughts, feelings and deeds show traits opposite to those of the original conversation',
        'Reacts in the opposite way to a like moment of the original conversation (counted under Storyline Consistency as well)',
      ],
      'Relationship & Social Status': ['Treats others as its standing and its ties to them do not allow'],
    },
  },
  'Storyline Quality': {
    brief: 'whether the conversation hangs together and is told well',
    flaws: {
      'Flow & Progression': [
        'Moves on without cause, or does not move at all',
        'Wordy, or says the same in other words',
        'Repeats what others said or what was told before',
        'Repeats its own words like a machine: the more often the more severe, up to 10',
      ],
      'Logical Consistency': ['Statements or views contradict each other in fact'],
    },
  },
}
