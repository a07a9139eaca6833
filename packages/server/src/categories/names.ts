/** SQL: the name of category `g` in the desk's language, else in any, else its code; null without a category. */
export const categoryName = `coalesce(
    g.name ->> (select d.settings ->> 'locale' from helpdesk.desks d where d.desk_id = g.desk_id),
    (select value from jsonb_each_text(g.name) limit 1), g.code)`
