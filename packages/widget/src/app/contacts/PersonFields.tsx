import { useAllTexts } from '../context.ts'
import { Field, type FieldProps } from '../ui/Field.tsx'

interface PersonFieldsProps {
  /** The value of a field, what is wrong with it, and where a new value goes. */
  field: (name: 'email' | 'name') => Pick<FieldProps, 'id' | 'value' | 'error' | 'onValue'>
  emailRequired: boolean
}

/** How somebody can be reached whom the desk does not know. */
export function PersonFields({ field, emailRequired }: PersonFieldsProps) {
  const { t } = useAllTexts()
  return (
    <>
      <Field
        {...field('email')}
        label={t(emailRequired ? 'email' : 'emailOptional')}
        hint={t('emailHint')}
        type="email"
        autocomplete="email"
        required={emailRequired}
        takesFocus
      />
      <Field {...field('name')} label={t('name')} type="text" autocomplete="name" />
    </>
  )
}
