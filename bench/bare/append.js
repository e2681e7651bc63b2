// The least a page can do with a stream: it reads the deltas and appends their text to the document. What the app takes
// for the same text is measured against this.
const log = document.getElementById('log')

/** Shows the turns of a chat, each a list of paragraphs. */
globalThis.showTurns = (turns) => {
  for (const paragraphs of turns) addTurn().append(...paragraphs.map(createParagraph))
  log.scrollTop = log.scrollHeight
}

/** Asks the server at `url` for a reply on Enter, with a prompt of so many characters, and appends it as it comes. */
globalThis.sendOnEnterTo = (url, promptLength) => {
  document.getElementById('words').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    void stream(url, 'Go on. '.repeat(promptLength / 7))
  })
}

async function stream(url, content) {
  const turn = addTurn()
  let paragraph = createParagraph('')
  turn.append(paragraph)
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'her', stream: true, messages: [{ role: 'user', content }] }),
  })
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const lines = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = lines.pop()
    for (const line of lines) {
      if (!line.startsWith('data: {')) continue
      const text = JSON.parse(line.slice(6)).choices[0]?.delta?.content
      if (text) append(text)
    }
  }

  function append(text) {
    const [first, ...others] = text.split('\n')
    paragraph.firstChild.appendData(first)
    for (const other of others) {
      paragraph = createParagraph(other)
      turn.append(paragraph)
    }
    followSoon()
  }
}

let isFollowing = false

/** Keeps the end in view; once a frame, or the layout would be worked out for each delta. */
function followSoon() {
  if (isFollowing) return
  isFollowing = true
  requestAnimationFrame(() => {
    isFollowing = false
    log.scrollTop = log.scrollHeight
  })
}

function addTurn() {
  const turn = document.createElement('article')
  log.append(turn)
  return turn
}

function createParagraph(text) {
  const paragraph = document.createElement('p')
  paragraph.append(document.createTextNode(text))
  return paragraph
}
