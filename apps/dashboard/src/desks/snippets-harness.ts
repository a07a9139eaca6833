import type { SnippetLanguage } from './snippets.ts'

/** How the test runs the snippet of a language: it reads identities line by line and prints signatures. */
export interface Harness {
  /** Whether the language is there. */
  probe: [command: string, ...options: string[]]
  /** What the snippet is called in the folder. */
  source: string
  /** What is beside it. */
  files: Record<string, string>
  /** One after the other; the last one gets the identities and prints the signatures. */
  run: [command: string, ...options: string[]][]
}

const node = `import { readFileSync } from 'node:fs'
import { signIdentity } from './sign.mjs'
for (const line of readFileSync(0, 'utf8').trim().split('\\n')) {
  const [expires, ...pairs] = line.split('\\t')
  const identity = {}
  for (const [name, kind, value] of pairs.map((pair) => pair.split(':')))
    identity[name] = kind === 'n' ? Number(value) : Buffer.from(value, 'base64').toString()
  try { console.log(signIdentity(identity, Number(expires))) } catch { console.log('refused') }
}`

const php = `<?php
require __DIR__ . '/sign.php';
foreach (file('php://stdin', FILE_IGNORE_NEW_LINES) as $line) {
    $pairs = explode("\\t", $line);
    $expires = (int) array_shift($pairs);
    $identity = [];
    foreach ($pairs as $pair) {
        [$name, $kind, $value] = explode(':', $pair);
        $identity[$name] = $kind === 'n' ? (int) $value : base64_decode($value);
    }
    try { echo sign_identity($identity, $expires), "\\n"; } catch (InvalidArgumentException) { echo "refused\\n"; }
}`

const ruby = `require_relative 'sign'
STDIN.each_line(chomp: true) do |line|
  expires, *pairs = line.split("\\t")
  identity = pairs.to_h do |pair|
    name, kind, value = pair.split(':')
    [name, kind == 'n' ? value.to_i : (value || '').unpack1('m').force_encoding('UTF-8')]
  end
  begin
    puts sign_identity(identity, expires: expires.to_i)
  rescue ArgumentError
    puts 'refused'
  end
end`

const python = `import base64, sys
from sign import sign_identity
for line in sys.stdin.read().strip().split("\\n"):
    expires, *pairs = line.split("\\t")
    identity = {}
    for name, kind, value in (pair.split(":") for pair in pairs):
        identity[name] = int(value) if kind == "n" else base64.b64decode(value).decode()
    try:
        print(sign_identity(identity, int(expires)))
    except ValueError:
        print("refused")`

const go = `package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"os"
	"strconv"
	"strings"

	"example.com/run/helpdesk"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\\t")
		expires, _ := strconv.ParseInt(fields[0], 10, 64)
		identity := map[string]string{}
		for _, field := range fields[1:] {
			part := strings.Split(field, ":")
			identity[part[0]] = part[2]
			if part[1] == "s" {
				text, _ := base64.StdEncoding.DecodeString(part[2])
				identity[part[0]] = string(text)
			}
		}
		signature, err := helpdesk.SignIdentity(identity, expires)
		if err != nil {
			signature = "refused"
		}
		fmt.Println(signature)
	}
}`

const java = `import java.nio.charset.StandardCharsets;
import java.util.*;
public class Main {
    public static void main(String[] options) throws Exception {
        Scanner lines = new Scanner(System.in, "UTF-8");
        while (lines.hasNextLine()) {
            String[] fields = lines.nextLine().split("\\t");
            Map<String, Object> identity = new HashMap<>();
            for (String field : Arrays.copyOfRange(fields, 1, fields.length)) {
                String[] part = field.split(":", -1);
                identity.put(part[0], part[1].equals("n") ? (Object) Long.valueOf(part[2])
                    : new String(Base64.getDecoder().decode(part[2]), StandardCharsets.UTF_8));
            }
            try { System.out.println(HelpdeskIdentity.sign(identity, Long.parseLong(fields[0]))); }
            catch (IllegalArgumentException refused) { System.out.println("refused"); }
        }
    }
}`

const csharp = `using System.Text;
string? line;
while ((line = Console.ReadLine()) is not null)
{
    var fields = line.Split('\\t');
    var identity = new Dictionary<string, object?>();
    foreach (var part in fields.Skip(1).Select(field => field.Split(':')))
        identity[part[0]] = part[1] == "n" ? long.Parse(part[2]) : Encoding.UTF8.GetString(Convert.FromBase64String(part[2]));
    try { Console.WriteLine(HelpdeskIdentity.Sign(identity, long.Parse(fields[0]))); }
    catch (ArgumentException) { Console.WriteLine("refused"); }
}`

const project = `<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><OutputType>Exe</OutputType>
<TargetFramework>net8.0</TargetFramework><RollForward>Major</RollForward>
<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable></PropertyGroup></Project>`

/** How the snippet of each language is run. */
export const harnesses: Record<SnippetLanguage, Harness> = {
  node: {
    probe: ['node', '--version'],
    source: 'sign.mjs',
    files: { 'run.mjs': node },
    run: [['node', 'run.mjs']],
  },
  php: {
    probe: ['php', '--version'],
    source: 'sign.php',
    files: { 'run.php': php },
    run: [['php', 'run.php']],
  },
  ruby: {
    probe: ['ruby', '--version'],
    source: 'sign.rb',
    files: { 'run.rb': ruby },
    run: [['ruby', 'run.rb']],
  },
  python: {
    probe: ['python3', '--version'],
    source: 'sign.py',
    files: { 'run.py': python },
    run: [['python3', 'run.py']],
  },
  go: {
    probe: ['go', 'version'],
    source: 'helpdesk/sign.go',
    files: { 'main.go': go, 'go.mod': 'module example.com/run\n' },
    run: [['go', 'run', '.']],
  },
  java: {
    probe: ['javac', '-version'],
    source: 'HelpdeskIdentity.java',
    files: { 'Main.java': java },
    run: [
      ['javac', '-encoding', 'UTF-8', 'HelpdeskIdentity.java', 'Main.java'],
      ['java', 'Main'],
    ],
  },
  csharp: {
    probe: ['dotnet', '--version'],
    source: 'HelpdeskIdentity.cs',
    files: { 'Main.cs': csharp, 'run.csproj': project },
    run: [['dotnet', 'run']],
  },
}
