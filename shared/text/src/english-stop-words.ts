/** English stop words: function words, and nouns that say nothing by themselves. Written for word clouds, not for search. */

const WORDS = `
a about above according across actually after afterwards again against ago ah all almost alone along already also although always
am amid among amongst an and another any anybody anyhow anyone anything anyway anywhere apart are aren't around as aside at away
back be became because become becomes becoming been before beforehand behind being below beside besides between beyond both but by
came can can't cannot certain certainly come comes coming could couldn't
dare did didn't do does doesn't doing don't done down during
each either else elsewhere enough especially etc even ever every everybody everyone everything everywhere except
far few first for former forth forward from further
get gets getting give given gives go goes going gone got gotten
had hadn't half has hasn't have haven't having he he'd he'll he's hence her here here's hereby herein hers herself him himself his how however
i i'd i'll i'm i've ie if in indeed inside instead into is isn't it it'd it'll it's its itself
just keep keeps kept kind
last lately later latter least less lest let let's like likely little lot lots
made make makes making many may maybe me mean means meanwhile might mine more moreover most mostly mr mrs ms much must mustn't my myself
namely near nearly neither never nevertheless next no nobody none nonetheless nor not nothing now nowhere
o of off often oh ok okay on once one ones oneself only onto or other others otherwise ought our ours ourselves out outside over own
part per perhaps please plus put quite rather really regarding respectively
s said same saw say saying says second see seem seemed seeming seems seen several shall shan't she she'd she'll she's should shouldn't since
so some somebody somehow someone something sometime sometimes somewhat somewhere soon sort still such sure
t take taken takes taking tell than that that's the their theirs them themselves then thence there there's thereafter thereby therefore therein
these they they'd they'll they're they've thing things third this thorough thoroughly those though three through throughout thus till to together
too took toward towards tried tries truly try trying twice two
under unless unlike until unto up upon us use used uses using usually
very via vs want wants was wasn't way ways we we'd we'll we're we've well went were weren't what what's whatever when whence whenever where
where's whereas whereby wherein whereupon wherever whether which while whither who who's whoever whole whom whose why will with within without
won't would wouldn't
yeah yes yet you you'd you'll you're you've your yours yourself yourselves
anymore cannot em gonna gotta hasnt ll re ve d m em nt wanna y'all ain't aint dont didnt doesnt cant wont im ive
four five six seven eight nine ten
n't e.g. i.e. a.m. p.m. p.s. n.b. 'tis tis 'twas twas dunno gimme lemme kinda sorta cause 'cause y'know
eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred
thereof hereof whereof therefrom amp nbsp
bit couple deal case rest couldst hast hath thee thou thy thine ye shalt wilt dost doth
`;

export const ENGLISH_STOP_WORDS: readonly string[] = [...new Set(WORDS.split(/\s+/).filter(Boolean))];
