import { emailTemplateKinds } from '@helpdesk/core'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { errorText } from '../client.ts'
import { useDesk } from '../desks/open-desk.ts'
import { SettingsFrame } from '../desks/SettingsPage.tsx'
import { Icon } from '../ui/Icon.tsx'
import { words as uiWords } from '../ui/words.ts'
import { TemplateEditor } from './TemplateEditor.tsx'
import { TemplateLanguages } from './TemplateLanguages.tsx'
import { words } from './template-words.ts'
import { createTemplates, isOf, readTemplateItem, type Templates } from './templates.ts'
import { words as emailWords } from './words.ts'

/** Settings > E-mail > Templates: the list, or one of them. */
export function TemplatePages({ item, parts }: { item: string | undefined; parts: ComponentChildren }) {
  const desk = useDesk()
  const templates = useMemo(() => createTemplates(desk.id), [desk])
  useEffect(() => {
    void templates.load()
  }, [templates])
  const key = readTemplateItem(item)
  const template = key && templates.all.value?.find((one) => isOf(one, key))
  if (template) {
    return <TemplateEditor templates={templates} template={template} />
  }
  return (
    <SettingsFrame title={emailWords.title}>
      {parts}
      <List templates={templates} />
    </SettingsFrame>
  )
}

function List({ templates }: { templates: Templates }) {
  const { all, error } = templates
  if (error.value !== null) {
    return (
      <p class="notice danger settings-form" role="alert">
        <Icon name="warning" />
        <span>
          {words.failed} {errorText(error.value)}{' '}
          <button type="button" class="link-button" onClick={() => templates.load()}>
            {uiWords.tryAgain}
          </button>
        </span>
      </p>
    )
  }
  if (!all.value) return <p class="soft">{uiWords.loading}</p>
  const known = all.value
  return (
    <div class="settings-form">
      <p class="soft page-lead">{words.lead}</p>
      <ul class="templates">
        {emailTemplateKinds.map((kind) => (
          <li key={kind} class="template-kind">
            <h2>{words.kinds[kind].name}</h2>
            <p class="soft">{words.kinds[kind].text}</p>
            <TemplateLanguages all={known.filter((one) => one.kind === kind)} />
          </li>
        ))}
      </ul>
    </div>
  )
}
