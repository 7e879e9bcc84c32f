-- Purpose: which target groups ask for which attribute.
-- Parameters: none; runs with the tenant's role, so that row-level security leaves the tenant's own groups.
-- Result: field, name of the group; once for each pair, by field and name.
select distinct jsonb_path_query(g.rule, '$.** ? (@.kind == "attribute").field') #>> '{}' as field, g.name
from target_groups g
where g.archived_at is null
order by 1, 2
