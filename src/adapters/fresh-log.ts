import { deleteDB, openDB } from 'idb'
import { databaseVersion } from './migrations.ts'

/** Of no use but to be deleted. */
const scratchName = 'subtext-scratch'

/** A frozen tab may hold on to it, in milliseconds: this browser has begun its log for that tab already. */
const patienceMs = 1000

interface FreshLog {
  /** Resolves when the database may be written to. */
  readonly isBegun: Promise<void>
}

/**
 * Has the browser begin a new log of its databases, where there is one with rows of ours. Resolves when the database may
 * be opened. Never fails: the database itself will say what is wrong.
 *
 * Chromium keeps all databases of an origin in one LevelDB, whose log it goes on with when it starts again. If it was
 * killed while it wrote, the log ends with half a record; what is written behind that makes a checksum fail when the log
 * is next read, and then the browser deletes everything. Where a database is deleted LevelDB compacts, for which it
 * begins a new log and gives up the old one, the half record with it. `npm run chaos:browser` shows both.
 */
export async function beginFreshLog(name = 'subtext'): Promise<FreshLog> {
  const found = (await listDatabases()).find((database) => database.name === name)
  if (!found) return { isBegun: Promise.resolve() }
  const isBegun = Promise.race([
    deleteScratch().catch(() => undefined),
    new Promise<void>((resolve) => setTimeout(resolve, patienceMs)),
  ])
  // What is brought up to date is written to as it is opened.
  if (found.version !== databaseVersion) await isBegun
  return { isBegun }
}

async function listDatabases(): Promise<readonly IDBDatabaseInfo[]> {
  try {
    // What has no such list has no LevelDB either.
    return (await indexedDB.databases?.()) ?? []
  } catch {
    return []
  }
}

async function deleteScratch(): Promise<void> {
  const scratch = await openDB(scratchName)
  scratch.close()
  await deleteDB(scratchName)
}
