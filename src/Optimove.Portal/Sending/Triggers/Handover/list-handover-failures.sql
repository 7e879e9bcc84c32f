-- Purpose: why messages of a campaign were refused or given up lately.
-- Parameters: $1 campaign.
-- Result: state, sentence, how many of the latest 500 of each state; the most frequent first, at most 6.
select state, coalesce(sentence, ''), count(*)
from (
  (select state, sentence from triggered_sends where campaign_id = $1 and state = 'refused' order by id desc limit 500)
  union all
  (select state, sentence from triggered_sends where campaign_id = $1 and state = 'given_up' order by id desc limit 500)
) latest
group by state, sentence
order by 3 desc, 2
limit 6
