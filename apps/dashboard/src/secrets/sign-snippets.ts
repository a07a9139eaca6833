import csharp from '../desks/snippets/sign.cs?raw'
import go from '../desks/snippets/sign.go?raw'
import java from '../desks/snippets/sign.java?raw'
import node from '../desks/snippets/sign.mjs?raw'
import php from '../desks/snippets/sign.php?raw'
import python from '../desks/snippets/sign.py?raw'
import ruby from '../desks/snippets/sign.rb?raw'
import type { SnippetLanguage } from '../desks/snippets.ts'

/** The code of every language as it stands in its file. */
export const signSnippets: Record<SnippetLanguage, string> = { node, php, ruby, python, go, java, csharp }
