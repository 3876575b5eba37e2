r"""Turns of phrase that tell an ask in English: one pattern a line, after normalising and masking.

Signs as in the Chinese ones. `!` marks a sure pattern: alone it may decide. Each stands between word borders; no look-around.
"""

PATTERNS: dict[str, str] = {
    "stock": r"""
        !(do |does |did )?(you|u|ya)( guys| also| still| even)* (have|sell|carry|got|stock|do)( \w+){0,4} □
        !(is|are) (the|this|that|your|these|those)( \w+){0,3} □( \w+){0,3} (available|in stock|sold|there)
        !any (more )?□
        !looking for (a|an|some|the|any)( \w+){0,3} □
        !(in|out of|have|got|any|your) stock
        !(still|is (it|this|that|the \w+)|are (they|these|those)|when.*|currently|not|un) ?available
        !still (got|have|for sale|selling|there|around|on sale|on the market)
        !(has|have|is|are) (it|this|that|they|these) (been )?(sold|gone|taken)
        !sold out
        !(restock|re-?stock|back ?order|pre-?order)(ed|ing|s)?
        !(do|d'?|does|did|have|got|has) (you|u|ya|anyone|it)( guys)?( still| also| even)? (have|sell|carry|got|stock|keep|come)( this| it| that| one| any| these| them)?( \w+){0,3} (in|■|●)
        do you (guys )?(also |still |even )?(have|sell|carry|stock)
        !how many (do|are|have|left|can|you got|in stock|of (these|those|them))
        !any ([\w ]{1,20} )?(left|remaining)
        !(have|got) (any|anymore|more|another|other) ([\w ]{1,12} )?(left|in|colou?rs?|sizes?|one|ones)
        !(is|are) ([\w' ]{1,30} )?(available|gone|out)
        available
        !when (will|do|are|is) ([\w' ]{1,25} )?(back|get more|have more|restock|in again|come in)
        !(come|comes|get it|have it|available|this|one|it) in ([\w ]{1,10} )?(●|■)
        !(have|got|any|is there|are there)( \w+){0,2} (●|■)
    """,
    "price": r"""
        !how much (is|are|for|r|does|do|would)( \w+){0,6} (□|it|this|that|one|these|those|cost)
        !price (of|for|on)( \w+){0,4} □
        !how much( (is|are|does|do|for|would|will|was|were|you|to|the|it|this|that|r|did|cost|money|\?).*)?$
        !(what|what's|whats|what is|whats the) (is |are |was |would be )?(the |ur |your |its |their |final |total |current |regular |full |asking |selling )*(price|cost|rate|damage)s?
        !price (of|for|on|is|was|list|please|range|check|per|each)
        ^price$
        !(give|tell|send|quote|need|get|know|want) (me )?(a |the |your |its )?(price|quote|cost|rate)
        !(how|what) (does|do|did|would|much does|much do) (it|this|that|they|these|\w+|the \w+) (cost|go for|run|sell for)
        !cost(s|ing)? (of|for|me|per|each|\?)
        !why (is|are|did|does|was|has) .{0,30}(expensive|price|cost|pricey|dearer|went up|gone up|¤|more than)
        !¤ (each|per|a piece|apiece|for (both|all|one|each|the|a)|total|or)
        !is (it|that|this|the price|the total)( really| still| only)? ¤
        !(total|final|grand total|full) (price|cost|amount|bill)
        price
        cost
        !how (expensive|cheap)
        !asking( price| for it|\?|$)
        !price (went up|gone up|changed|different|increase|match)
    """,
    "haggle": r"""
        !(can|could|would|will|do|may|any way|willing|able)( \w+){0,4} (lower|reduce|drop|cut|knock|come down|go down|do better|better|discount it|cheaper|go lower|budge|shave|negotiate|bargain|meet)
        !(best|lowest|bottom|final|better|good|cheaper|lower|special|friend|fair|reasonable) (price|deal|offer|rate|price\?|you can do|bottom)
        !(take|accept|consider|do|go|give|pay|offer|offering|for|at|about|like|say|how about|what about|make it|come to|settle for|settle on|agree to|be ok with|comfortable with|work with|meet (me|you) at|sell it for|let it go for|have it for|go as low as|go down to|bring it down to|lower to|to)( you| u| me| it| them| this| that| only| around| like| maybe| with| a| an| least| up to| of)* (¤|0+)( cash| and| for| if| ok| okay| instead| firm| now| today| tops| max| then| right| flat| work| all| total| is| deal| on| at| obo| shipped| plus| with| but| or|\?|$)
        !negotiable
        !negotiat(e|ion|ing)
        !(too|so|bit|little|pretty|very|kinda|rather|way too|quite) (expensive|pricey|high|steep|much|costly)( for| \w+)?
        !(found|seen|saw|get|got|sells?|selling|buy|bought)( \w+){0,6} (cheaper|for less|lower)( \w+)?
        !cheaper (elsewhere|at|on|price|than|somewhere|else)
        !(my|our) (budget|max|limit|offer)
        !(can|could) only (pay|afford|do|offer|spend|go|give)
        !(can't|couldn't|don't have|not) (afford|pay|go|spend|have) (that|more than|over|above|it|¤|the)
        !(throw|include|add|toss) in
        !(meet|split)( me)?( in the)? (middle|difference|halfway|half way)
        !(¤|0) (is|was)( all| the)?( \w+){0,3} (i|my|too|max|best|offer|all|highest)
        !(i'll|i will|i can|i could|i would|i'd|ill|we can|let me)( \w+){0,4} (give|pay|do|offer|go|take|buy|take it for|go as high as|go up to|be willing)( you| up| to| for| it| as high as| with| only)*( \w+){0,2} (¤|0+)
        !(¤|0+) (cash|obo|max|tops|firm|and (it's|its|you|i|we)|then deal|ok\?|okay\?|final|all in)
        !(drop|lower|reduce|reduction|come down|go down|knock|wiggle room|room for|flexible|flexibility|firm on)( \w+){0,4} (price|bit|little|¤|0|room|on|off)
        !any (discount|wiggle|flexibility|room|chance of (a )?(lower|discount))
        !(bulk|bundle|student|loyalty|cash|multiple|repeat) (discount|deal|price)
        !(a|some|give|get|any|better|small|little|bigger) discount
        !free (gift|stuff|extra|one|shipping if)
        !deal\?
        !(make|have|do) (me )?(a |an )?(deal|offer|discount)
        !counter ?offer
        !(¤|0+)\? ?$
        !how (about|bout) (we )?(¤|0+|half|meet|doing|if)
        !what (if|about) (i|we) .{0,30}(¤|0+)
        !lower (the )?(price|cost|it)
    """,
    "promo": r"""
        !(promo|promotion|promotional|coupon|voucher|discount|gift) ?(s|al)?( ?codes?| cards?|s)?( \w+){0,6} (work|apply|use|valid|invalid|expired|available|available\?|running|get|redeem|enter|stack|off|on|now|today|going|\?|$)
        !(promo|coupon|voucher|discount)( ?code)?s?
        !(any|have|running|got|current|are there|is there|what|when|next|upcoming)( \w+){0,5} (sale|sales|deals|promotion|promotions|promo|promos|coupons?|discounts?|specials?|offers?|freebies)
        !on (sale|promotion|offer)
        !(black friday|cyber monday|christmas sale|singles day|11\.11|0\.0 sale|boxing day|flash sale)
        !(buy|get) (one|two|0|1|2)( \w+){0,3} (get|free|off)
        !(first|new|student|loyalty|member|newsletter|signup|sign up)( \w+){0,3} (discount|code|offer|points|reward|off)
        !(comes?|come) with (a )?(free|gift)
        !free (gift|sample|samples|item)
        !(loyalty|reward|rewards|points) (program|points|scheme)?
        !0 ?% off
        !percent off
        !when(.{1,20})(sale|discount)
        discount
        sale
    """,
    "ship_when": r"""
        !when( \w+){0,6} (ship|shipped|ship out|ships|dispatch|dispatched|despatch|despatched|sent|send|send it|mailed|mail it|leave|leaves|go out|going out|posted|post it|out)
        !(has|have|did|was|were|is|are)( \w+){0,5} (shipped|dispatched|despatched|sent out|sent|mailed|posted|left|ship|gone out)( yet| already| out| today)?
        !(not|hasn't|haven't|still not|not been|isn't|wasn't|never|nothing)( \w+){0,3} (shipped|dispatched|despatched|sent out|mailed|processed yet|ship|sent)
        !(ship|send|dispatch|post|mail)( \w+){0,3} (today|tonight|now|asap|same day|tomorrow|soon|immediately|right away|this week|(mon|tues|wednes|thurs|fri|satur|sun)days?|weekends?|holidays?)
        !(how long|how soon|how many days|how fast|how quickly|how quick)( \w+){0,5} (ship|dispatch|ship out|send|send it|process|processing|handling|pack|leave|mail)
        !(handling|processing|dispatch|lead) time
        !(same|next)[ -]day (dispatch|shipping|ship)
        !(waiting for|hurry|speed up|rush)( \w+){0,3} (ship|dispatch|shipment|order|send)
        !label (created|printed)
        !(cut ?off|cutoff) (time)?
        !still (says |shows )?(processing|preparing|not shipped|unfulfilled|pending shipment)
        !please ship
    """,
    "carrier": r"""
        !(which|what|whose|who's)( \w+){0,4} (courier|carrier|shipping company|delivery company|delivery service|shipping service|shipper|postal service|delivery method|shipping method|post)s?
        !(courier|carrier)
        !(via|by|with|through|use|using|uses|send|ship|deliver|shipped|sent|prefer|choose|instead of|is it|offer|do)( \w+){0,4} ▣
        !▣ (or|instead|please|shipping|delivery|ground|only|express|\?)
        !who (do you|will|is|are you|does|delivers|ships|handles)( \w+){0,4} (ship|deliver|send|use|delivering|shipping|delivery|with)
        !(shipping|delivery|shipment|shipping) (company|provider|partner|service|carrier|method|methods|options?)
        ▣
        !not ▣
    """,
    "ship_eta": r"""
        !when( \w+){0,8} (arrive|arrives|arriving|arrival|get here|get it|come|comes|coming|receive|delivered|delivery|deliver|be here|get to|expect|show up|reach|turn up|land|my card|get my)
        !(how long|how many days|how soon|how fast|how quick|how quickly|what time|how much longer|how much time|how late)( \w+){0,8} (take|takes|arrive|delivery|deliver|get|get here|get it|come|receive|shipping|reach|delivered|arrives|be here|until|to ◎|wait)
        !(delivery|shipping|arrival|transit|estimated|expected) (time|times|date|estimate|timeframe|eta|day|period|speed|window)
        !eta
        !(arrive|get here|delivered|here|come|be here|receive it|get it|reach me|make it|deliver)( \w+){0,4} (by|before|on|in time|today|tomorrow|tonight|this week|next week|for christmas|for my|on time|within)
        !(arrival|delivery) (date|day|time)
        !(can|could|will|would|need|want)( \w+){0,5} (by|before) (monday|tuesday|wednesday|thursday|friday|saturday|sunday|the weekend|tomorrow|christmas|next|0)
        !(fast|faster|express|expedited|overnight|rush|quick|quicker|priority|next day|expedite|speed) (shipping|delivery|up)
        !how (far|long) (out|away)
        !does (delivery|shipping|it)( \w+){0,4} (take|long)
        !(as soon as possible|asap)
        !(rush|hurry|urgent|urgently)
        estimated
    """,
    "ship_fee": r"""
        !(how much|what|what's|cost|price|charge|fee|pay|expensive)( \w+){0,6} (shipping|postage|delivery|ship|post|freight|mail|send it|deliver|p&p)
        !(shipping|postage|delivery|freight|post|handling|mailing|courier) (cost|costs|fee|fees|charge|charges|price|prices|rate|rates|included|include|free|extra|expense|total|bill|for)
        !free (shipping|delivery|postage|ship|p&p)
        !(is|does|are|with|without|including|include|includes|plus|incl|incl\.) (the )?(shipping|postage|delivery)( \w+)? ?(included|free|extra|\?|$)?
        !(shipping|postage|delivery) (is |be )?(free|included|extra|paid|on me|on you)
        !(combine|combined|split) (shipping|postage)
        !(pay|cover)( \w+){0,3} (shipping|postage|delivery)
    """,
    "ship_to": r"""
        !(do|can|could|will|would|does|are|is|you|able|possible|if)( \w+){0,6} (ship|deliver|send|post|mail|shipping|delivery|order|delivers|ships|delivering|be shipped|be delivered|be sent|buy)( \w+){0,4} (to|from|in|into|within|outside|out of|overseas|abroad)( \w+){0,3} (◎|\w+)
        !(ship|deliver|send|shipping|delivery|post)( \w+){0,2} (internationally|international|worldwide|overseas|abroad|globally|nationwide|anywhere|everywhere|outside)
        !(international|worldwide|overseas|global) (shipping|delivery|orders|shipment)
        !(where|which (countries|country|cities|places|states|areas|regions|locations))( \w+){0,5} (ship|deliver|send|delivery|shipping|available|order)
        !(ship|deliver|send|shipping|delivery|order|shipment)( \w+){0,3} (to|from|in) ◎
        !(po box|p\.o\. box|apo|parcel locker|pick ?up point)
        !(delivery|shipping|shipment|delivering) (area|areas|options|methods?|modalities|alternatives|destinations|locations?)
        ◎
    """,
    "track": r"""
        !(where|where's|wheres)( \w+){0,4} (order|package|parcel|shipment|item|stuff|delivery|card|it|things?|purchase|goods|mail)
        !(track|tracking|trace|locate|lost|missing) ?(number|no|info|information|code|link|id|my|order|package|parcel|the|it|says|shows|hasn't|page|status|an|a|on|for|isn't|update|updates|history|shipment|purchase|\?|$)
        !tracking
        !(not|never|n't|hasn't|haven't|didn't|nothing|yet to|isn't|hadn't|still)( \w+){0,4} (arrived|received|recieved|come|showed up|shown up|get|got|gotten|delivered|here|receive|arrive|turned up|moved|updated|moving)
        !(says|marked|shows|showing|status|claims|said)( \w+){0,4} delivered
        !(stuck|held|lost|stolen|delayed|late|overdue)( \w+){0,3} (in|at|by|customs|transit|parcel|package|order|mail|delivery)?
        !(package|parcel|order|delivery|shipment|item|card|mail|stuff)( \w+){0,4} (lost|late|stuck|delayed|missing|overdue|stolen|not here|hasn't|didn't)
        !delivered but
        !◆
        !(out for|attempted) delivery
        !still (waiting|not here|hasn't|no package|no parcel|haven't)
        !(status|eta|whereabouts|location)( \w+){0,2} (of|on|for) (my |the |this |your )?(package|parcel|shipment|delivery|order №|purchase №|№)
        !(order|purchase) №( \w+){0,2} (status|eta)
        !customs
    """,
    "order_status": r"""
        !(status|state|progress|update|updates|news)( \w+){0,3} (of|on|for|about|regarding|with)( \w+){0,3} (order|purchase)s?
        !order (status|update|confirmed|confirmation|go through|gone through|went through|placed|received|processed|complete|completed|history|details)
        !(did|has|is|was|have)( \w+){0,3} (order|payment|purchase)( \w+){0,3} (go through|gone through|confirmed|placed|received|processed|complete|ok|successful|ready|get through|delivered|shipped|sent|here)( \w+)?
        !(check|checking|see|view|know|find|look up|look at|looking|verify|confirm|lookup|monitor|follow)( \w+){0,5} (order|purchase|orders|purchases)
        !what('s| is)?( \w+){0,3} (happening|going on|up|status)( \w+){0,2} (order|purchase)
        !(did|have) you (get|got|receive|received|see|seen) my (order|payment|money)
        !my order\??$
        order
    """,
    "change_order": r"""
        !(change|modify|edit|amend|alter|update|adjust|correct|switch|swap|changing|modifying|editing|updating|correcting|switching|swapping|revise)( \w+){0,6} (order|purchase|items?|size|colou?r|quantity|product|products|articles?|something|■|●|№|one|model|version|cart)
        !(add|adding|remove|removing|delete|deleting|include|put|take|take off|drop|insert|extra)( \w+){0,6} (to|from|off|in|into|on|of)( \w+){0,3} (order|purchase|cart|orders|№)
        !(ordered|bought|picked|chose|selected|choose|put|got) (the )?(wrong|incorrect|by mistake|twice|two|too many|double)
        !(wrong|incorrect) (size|colou?r|item|quantity|product|one|model)( \w+){0,4} (order|ordered|selected|chose|picked)
        !(make|making|do|have) (a |some |any )?(changes?|modifications?|corrections?|edits?)( \w+){0,4} (order|purchase|№)
        !(merge|combine)( \w+){0,3} orders?
        !instead of (the )?(●|■|0)
        !can i (change|switch|swap|get it in)
    """,
    "change_address": r"""
        !(change|changing|changed|update|updating|modify|modifying|edit|editing|correct|correcting|fix|new|wrong|incorrect|different|another|set|setting|setup|set up|enter|register|amend|switch|old|add|submit|alter|replace|put in|create)( \w+){0,6} address(es)?
        !address( \w+){0,4} (wrong|change|changes|changed|incorrect|update|updated|mistake|typo|different|correct|edit|moved|error|modification)
        !(change|update|wrong|correct|fix)( \w+){0,5} (recipient|phone number|phone|contact number|zip ?code|postcode|postal code|apartment number|receiver|delivery name)
        !(deliver|send|ship|redirect|reroute|forward)( \w+){0,4} (to )?(a |my )?(different|another|new|other|work|office|neighbou?r|instead)( \w+)?
        !(moved|moving) (house|home|to)
        address
    """,
    "cancel": r"""
        !(cancel|cancell?ing|cancell?ed|cancell?ation|cancel+|cancle)
        !(withdrawal|termination|cancell?ation) (fee|fees|charge|charges|penalty|penalties|cost|policy|payment)
        !(don't|no longer|do not|dont) (want|need) (it|this|the|my|that|these|them)( \w+)?( any ?more| order| item| purchase)?
        !(stop|call off|void|revoke|undo|annul|scrap)( \w+){0,3} (order|purchase|it|shipment)
        !changed my mind
        !(termination|withdrawal|early exit)
    """,
    "return_exchange": r"""
        !(return|returning|returned|returns|send back|send it back|send this back|sending back|sent back|sending it back|exchange|exchanging|swap it|give it back|bring it back|ship it back)
        !(return|returns|exchange) (policy|label|window|address|process|shipping|form|period)
        !(doesn't|don't|didn't|not|does not) fit
        !(too|bit|little) (small|big|large|tight|loose|long|short)
        !(replace|replacement|replacing|replaced)
        !(refuse|refused|reject)( \w+){0,3} (parcel|package|delivery|it)
        !(wrong size|different size|another size|other size|bigger size|smaller size|size up|size down)
        !rma
    """,
    "refund": r"""
        !(refund|refunds|refunded|refunding|reimburse|reimbursed|reimbursement|reimbursements|restitution|compensation|compensate|compensated|rebate|chargeback|money back|rembursement|refnd)
        !(get|give|want|getting|send|return|returned|need|have|got|see)( \w+){0,4} (money|cash|¤|funds|payment) back
        !(my|the) money
        !(price|it) (dropped|went down|drop|has dropped|is now cheaper|reduced|was reduced|adjustment|protection)
        !(charged|billed|paid|debited) (me )?(twice|double|two times|too much|more|again|extra)
        !(overcharged|double charged|double charge)
        !(partial|full) refund
        !(credit|credited)( \w+){0,3} (back|account|card)
    """,
    "warranty": r"""
        !(warranty|warranties|guarantee|guaranteed|guarantees)
        !(repair|repairs|repaired|repairing|fix it|get it fixed|service cent(er|re)|serviced)
        !(covered|cover) (if|by|under|for)
        !(what|and) (if|happens (if|when)) it (breaks|stops|fails|dies|gets broken|broke)
        !(after|post)[ -]sales?( service| support)?
        !spare parts?
    """,
    "authenticity": r"""
        !(authentic|authenticity|genuine|legit|legitimate|counterfeit|replica|knock ?off|bootleg|certified|fake|fakes|oem|aftermarket|official|originals?|refurbished|refurb|verified|authenticate)
        !(real|is it real|are (they|these) real|real or|really real|actually (real|from))( \w+)?
        !(certificate|proof|serial number|receipt) (of )?(authenticity|purchase|original)?
        !(where|who) (do|did) you (get|source|buy) (it|them|these|your)
        !brand new or
    """,
    "spec": r"""
        !(what|what's|whats|which) (is |are |was |'s |does |do )?(the |its |it |this |that |their |your |kind of |type of |sort of )*(size|sizes|colou?rs?|material|materials|weight|dimensions?|height|width|length|depth|brand|model|year|make|specs?|specifications?|condition|capacity|fabric|ingredients|mileage|version|resolution|battery|power|voltage|finish|measurements?|difference|differences|flavou?rs?|shape|thickness|age|quality|storage|ram|features?|amenities|details|style|included|made|came)
        !(how) (big|large|small|tall|wide|long is|long are|deep|heavy|thick|old|high|loud|bright|many (pieces|pages|pockets|miles|rooms|bedrooms|bathrooms|square|seats|people|ports|watts|hours|keys|slots|settings|speeds|doors|drawers|cups|layers|shelves|in a|per|come|are in|users|does it)|strong|durable|warm|soft|fast (is|does it|can)|far|comfortable|much (does it weigh|weight|storage|memory|ram|space|can it hold)|does it (work|feel|fit|look|run|smell|taste)|good is|well)
        !(does|do|did|will|would|can|could|is|are|has|have) (it|this|that|they|these|those|the \w+|the \w+ \w+|all|you|one|both|either|any)( \w+){0,3} (come with|have|work|fit|need|run|include|support|use|hold|charge|smell|fold|last|look|play|connect|require|require|come|compatible|waterproof|washable|leather|wood|wooden|cotton|metal|plastic|new|used|heavy|good|dishwasher|microwave|machine|water|fit in|suitable|ok for|safe|electric|wireless|adjustable|foldable|removable|easy|hard|sturdy|real|solid|made|scratches|damage|damages|rust|stains?|tears|marks|pets|smoke|furnished|included|include|allowed|pet|smoking|big|small|large|soft|fast|clean|comfortable|steel|stainless|gold|silver|lined|thick|thin|stretch|stretchy|shrink|fade|handmade|vegan|organic|gluten|dairy|sugar)
        !(is|are|was|were|does|do|any|has|have|got|there|are there|is there)( \w+){0,5} (scratches|damage|damages|damaged|holes|dents?|rips?|stains?|issues|problems|defects|flaws|cracks|wear|scuffs|rust|leaks|marks|tears)
        !(what|in what|which|good|great|the|any|working|what kind of|what sort of) (condition|shape)
        !made (of|from|in|by|out)
        !(compatible|waterproof|water resistant|water-resistant|washable|dishwasher safe|machine wash|microwave safe|heat resistant|bpa)
        !(fit|fits|work|works|use it|used|suitable|good|ok|okay|safe) (with|for|on|in|a|my|an|under|outdoors|as)( \w+)+
        !(difference|differences) between
        !(manual|instructions|user guide|how (do|does|to|can) (i|you|it|we|one) (use|install|assemble|clean|wash|charge|set|connect|put|care|work|open|operate|turn))
        !(dimensions|measurements|specs|specifications|size chart|sizing|true to size|runs? (small|large|big)|inseam)
        !(included|includes?|come with|comes with|come together)
        !(square feet|sq ?ft|bedrooms?|bathrooms?|parking|garage|amenities|utilities|pets|pet|mileage|miles|title|transmission|engine|gears|wheels|tires|lease|deposit|smoking|laundry|furnished|neighbou?rhood)
        !(what|which) ([\w ]{1,20} )?(year|brand|model|size|colou?r|material|kind|type|edition|generation)
        !(more|any|send|further|other|additional|some|give|tell|provide|need|have)( \w+){0,4} (details?|info|information|pictures?|pics?|photos?|specs|description|about (it|this|the|them))
        !(pics?|pictures?|photos?|videos?)
        !how (old|long) (is|are|have|has|did|was|were)
        !why (are|r) you (selling|getting rid)
        !is (it|this|that|the \w+) (in|a|an|the|for|only|just|all|also|really|still in|new|like|brand|too|very)
        !ever been
        !(how) (is|are|was)( \w+){0,4} (quality|condition|battery|engine|sound|fit|fabric|material|shape)
        !what (does|do|did|is|are) (it|they|this|that|these) (do|for|used|come|look|include|have|made|mean|called|smell|taste|weigh|like)
        !(is|are) there
        !expir(y|ation|e|es)
    """,
    "recommend": r"""
        !(recommend|recommendation|recommendations|suggest|suggestion|suggestions|advise|advice)
        !which (one|ones|of|is|model|size|colou?r|do|would|should|version|brand)( \w+){0,6} (better|best|should|buy|get|recommend|choose|pick|suit|right|good|popular|worth|go for|prefer)
        !(what|which) (should|would|do) (i|you|u) (get|buy|choose|pick|go|order|recommend|suggest|prefer|take)
        !(best|good|nice|popular|ideal|perfect) (one|option|choice|gift|seller|sellers|model|for|size|fit|pick)
        !(looking for|need|want|after|searching for) (a|an|some|something|the)( \w+){0,4} (gift|present|for (my|a|an|the|work|school|home|him|her))
        !(something|anything|one) (similar|like|cheaper|better|else|smaller|bigger|for)
        !(better|best) (for|to|if|between|or)
        !help( me)? (choose|pick|decide|find)
        !(can't|cannot|can not|couldn't) decide
        !worth (it|buying|getting|the)
        !(bestseller|best seller|best selling|most popular|top rated)
        !or (the )?(●|■|0)( \w+)?\??$
        !have (any )?(other|another|alternative)( \w+)? (suggestions?|options?|model|brand)
        !(alternative|alternatives)
    """,
    "payment": r"""
        !(how|where|what|which|can|could|do|may|is|are|accept|take|use|using|with|via|by|through|only|prefer)( \w+){0,6} (pay|payment|payments|pay for|paypal|visa|mastercard|credit card|credit|debit|debit card|cash|venmo|zelle|cash ?app|klarna|afterpay|apple pay|google pay|bank transfer|wire|crypto|bitcoin|usdt|check|cheque|installments?|instalments?|cod|amex|alipay|wechat pay|wechat|gift card|stripe|money order|checks)
        !payment( \w+){0,3} (methods?|options?|modalities|modality|plans?|plan|failed|declined|error|issue|issues|problem|problems|link|pending|not|won't|didn't|doesn't|types?|alternatives|ways?|trouble|troubles|went|rejected|go|confirm|page)
        !(methods?|options?|forms?|modes?|ways?|type|types|modalities) (of|for|to) (payment|pay|paying)
        !(card|payment|transaction|paypal|checkout|check out|purchase)( \w+){0,3} (declined|rejected|failed|fails|failing|error|not working|doesn't work|won't go|not accepted|won't|denied|not go)
        !(can't|couldn't|unable|cannot|can not|trouble|problem|problems|issue|issues|errors?|troubles|won't let me|help|fail)( \w+){0,5} (pay|paying|payment|payments|checkout|check out|checking out|make a payment)
        !(pay|paid) (with|by|via|on|in|using|cash|upfront|up front|now|later|when|half|through|online)
        !(cash on delivery|cod|pay on delivery|pay later|installments?|instalments?|down ?payment|deposit|layaway|bank details|bank transfer|paypal|venmo|zelle|cashapp|klarna|alipay|cash only)
        !(wire transfer|send (you )?(the )?money|how do i pay|where do i pay)
    """,
    "invoice": r"""
        !(invoice|invoices|invoicing|receipt|receipts|bill|bills|billing|vat|gst|tax invoice|proforma|pro forma)
        !(tax|vat|company) (id|number|name|invoice|receipt)
    """,
    "missing_item": r"""
        !(missing|short|incomplete|left out|not included|wasn't included|weren't included|not in the (box|package|parcel)|wasn't in|weren't in|forgot)
        !(only|just) (got|received|came|recieved|one|1|0|two|sent|there)
        !(got|received|sent|delivered|shipped|gave|has been sent)( \w+){0,3} (wrong|incorrect|different|someone else's|not what)
        !wrong (item|product|thing|order|colou?r|size|one|stuff|model|book|shoes|parcel)
        !(not|isn't|wasn't|never) what (i|we) (ordered|bought|paid)
        !(where is|where's|no) (my|the) (free |second |other )?(gift|charger|cable|manual|accessory|freebie|sample|rest|other one|other half)
        !(empty) (box|package|parcel|envelope|bag)
        !supposed to (be|get|have|come)( \w+){0,6} (but|only)
        !part of my order
    """,
    "damaged": r"""
        !(broken|broke|damaged|cracked|smashed|shattered|defective|faulty|defect|torn|ripped|stained|dirty|bent|dented|leaking|leaked|scratched|crushed|malfunction|malfunctioning|mouldy|moldy|rotten|dead on arrival|doa|ruined|chipped|rusted|spoiled|expired|used item|fell apart|falling apart|peeling|busted|snapped)
        !(doesn't|don't|does not|won't|not|stopped|isn't|didn't|never|can't get it to|will not|wouldn't) (work|working|turn on|power on|charge|start|open|charging|connect|close|function|functioning|turn|light up|switch on|boot|even)
        !(has|have|with|there's|there is|there are|got) (a |an |some |lots of |several )*(hole|crack|scratch|scratches|stain|stains|dent|tear|leak|defect|fault|rip|cracks|holes|chip)
        !(stopped|quit) working
        !(screen|battery|zipper|button|handle|seam|lid|glass) (is |was )?(broken|dead|cracked|not|won't|doesn't|came|fell|loose)
        !(arrived|came|received)( \w+){0,4} (broken|damaged|cracked|smashed|dirty|in pieces|crushed|wet|open|opened|used|dead|torn|bent)
        !(something|smth) wrong with
    """,
    "complaint": r"""
        !(complain|complaint|complaints|complaining|reclamation|reclamations|claim|claims|lodge|grievance|ombudsman|better business bureau|bbb|trading standards)
        !(scam|scammer|scammers|scammed|fraud|fraudulent|rip ?off|ripped off|thief|thieves|con artist|crook|crooks|liar|liars|lying|lied|cheated|robbed|swindle)
        !(worst|terrible|awful|horrible|disgusting|pathetic|ridiculous|unacceptable|disgrace|disgraceful|appalling|atrocious|disappointing|disappointed|outrageous|shame on|shameful|useless|garbage|trash|rubbish|joke|crap|bullshit|bs|bad service|bad customer|poor service|poor customer|shocking|incompetent|rude|unprofessional|abysmal|lousy|dreadful|nightmare|sucks|fed up|sick of|sick and tired|done with|frustrated|frustrating|annoyed|annoying|angry|furious|pissed|upset|unhappy|dissatisfied|not happy|not satisfied|not acceptable|never again|hate|wtf|hell|fuck|fucking|shit|damn you|infuriating|livid|mad at)
        !never (buy|buying|order|ordering|shop|shopping|using|use|purchase|deal)( \w+){0,3} (again|from|here|you)
        !(waste|wasted|wasting) (of |my |our )?(time|money)
        !(no one|nobody|no-one|none|not|never|nobody's) (is |has |ever |even |has ever )?(answer|answers|answered|reply|replies|replied|respond|responds|responded|responding|helping|cares|care|answering|replying|called back|got back)
        !(report|reporting|sue|suing|lawyer|police|legal action|small claims|attorney) (you|this|your|to)?
        !(false|misleading) advertising
        !(ignored|ignoring|ignore)
        !(how many times|third time|second time|again and again|fourth time|keep (getting|telling|asking|saying)|for weeks|ongoing issue|still no (answer|reply|response|solution))
        !(customer )?service (is|was) (bad|terrible|awful|horrible|poor|a joke|shit|useless|the worst|so bad|really bad)
    """,
    "praise": r"""
        !(love|loved|loving|great|excellent|amazing|awesome|fantastic|perfect|wonderful|beautiful|brilliant|happy with|pleased|satisfied|impressed|best (seller|shop|store|service|purchase)|five stars|5 stars|0 stars|highly recommend|top notch|superb|gorgeous|works great|works perfectly|fast shipping|good quality|well made|so good|very good|lovely|nice product|recommended|outstanding|good job|great job|keep it up)
        !will (definitely |certainly |surely )?(buy|order|shop|come|be back|purchase|return for)
        !(told|tell|recommend)( \w+){0,3} (friends?|everyone|family)
    """,
    "human": r"""
        !(speak|talk|chat|connect|connected|transfer|transferred|contact|contacting|call|reach|speaking|talking|chatting|put me|get|switch|communicate|want|need|calling|conversation|phone|message|escalate|give me|see|get hold of|in touch)( \w+){0,6} (human|person|agent|someone|representative|rep|operator|manager|supervisor|real person|live agent|live person|customer service|customer support|customer care|support team|somebody|assistant|people|advisor|owner|staff|seller|real human|human being|customer assistance|service desk|attendant|support agent|help desk|customer desk)
        !(human|real person|live agent|live chat|live person|operator|actual person|agent|customer service|customer support|customer care|customer assistance)( please| pls| now| available| number|\?|$)
        !(are|r) (you|u|this) (a |an )?(bot|robot|human|real|machine|ai|person|real person|automated)
        !(is|am) (this|it|i) (a |an |talking to |speaking to |chatting with )*(a )?(bot|robot|human|real|machine|ai|automated)
        !(your|ur|the|a|support|customer service|contact|service|phone|telephone|free) (phone number|phone|contact number|telephone number|telephone|number to call|hotline|toll[- ]?free( \w+)?)
        !(stop|no|not|hate|don't want|do not want)( \w+){0,3} (bot|robot|automated|machine|bots)
        !(call|phone|ring) me
        !(someone|somebody|anyone|anybody) (there|help|from|call|answer|please|available)
        !(when|what time|hours|are)( \w+){0,4} (customer service|customer support|customer care|support|agents?)( \w+){0,2} (open|available|reach|hours|online|work)
    """,
    "special_request": r"""
        !(gift ?wrap|gift ?wrapped|gift ?wrapping|wrap it|wrap them|gift message|gift note|gift box|gift bag|greeting card|handwritten|birthday card)
        !(leave|put|drop|place|hide)( \w+){0,4} (at|with|by|in|behind|on|outside|near|under)( \w+){0,3} (door|neighbou?r|porch|reception|concierge|safe place|mailbox|garage|front desk|lobby|gate|back|step|doorstep)
        !(call|text|ring|phone|message|contact|notify) (me |us )?(before|when|first|upon|ahead|prior)
        !(don't|do not|please don't|not) (ring|knock|leave|include|put|show|deliver|ship until|send until|ship yet|ship before|ship it (yet|until|before)|send it (yet|until|before))
        !(delay|hold|postpone|wait|hold off|reschedule|schedule)( \w+){0,5} (ship|shipping|shipment|delivery|order|sending|until|dispatch|it|parcel)
        !(pack|package|wrap|packed|packaging)( \w+){0,4} (well|carefully|securely|discreet|discreetly|plain|extra|properly|separately|nicely|tight|care|bubble)
        !(discreet|plain) (packaging|package|box|envelope|wrapping)
        !(bubble wrap|extra padding|extra packaging)
        !(note|instruction|instructions|remark|comment)( \w+){0,3} (to|on|for|with|in|with) (the |my |this )?(order|delivery|parcel|driver|courier|package)
        !(without|remove|no|don't include|leave out) (the |a |any )?(price|receipt|invoice|price tag)
        !(engrave|engraved|engraving|personali[sz]e|personali[sz]ed|custom|customi[sz]e|customi[sz]ed|monogram)
        !(ship|send|pack)( \w+){0,3} (together|separately|in one|in two)
        !deliver( \w+){0,4} (after|before|between|only on|on weekends|in the (morning|evening|afternoon))
    """,
    "greeting": r"""
        ^(hi|hello|hey|heya|yo|hiya|howdy|greetings|good (morning|afternoon|evening|day)|hi there|hello there|hey there|what's up|sup|morning|evening|hola|anyone there|you there|are you there)( \w+){0,2}$
        ^(hi|hello|hey|good (morning|afternoon|evening|day))
        (how are you|how's it going|how are things|how is your day|what's up|how do you do|nice to meet)
    """,
    "thanks_bye": r"""
        !(thanks|thank you|thankyou|thank|thx|cheers|appreciate|appreciated|grateful|much obliged)
        !(bye|goodbye|good bye|see (you|ya)|take care|have a (good|great|nice|lovely|wonderful|blessed|pleasant)( \w+)*|good ?night|talk (to you )?(later|soon)|ttyl|so long|farewell|cya|later then)
        !(that's|that is|that will be|that'll be|thats) (all|it|everything)
        !(nice|good|great|lovely|pleasure|enjoyed)( \w+){0,3} (talking|chatting|speaking|speak|talk|chat|doing business|see you)
    """,
    "other": r"""
        ^(ok|okay|k|yes|yeah|yep|yup|no|nope|nah|sure|fine|alright|cool|great|nice|good|right|got it|i see|understood|perfect|correct|exactly|of course|oh|ah|hmm|hm|lol|haha|wow|done|maybe|deal|awesome|interesting|not yet|not really|no problem|np|you're welcome|never mind|nvm|sounds good|will do|makes sense|that's fine|true|agreed)( \w+){0,2}$
        ^№$
        ^0+$
        account
        password
        (sign up|log ?in|register|newsletter|subscription|subscribe|unsubscribe|profile|username|e-?mail|feedback|review|survey|website|app|wholesale|job|hiring|career)
        (i'll|i will|let me|gonna|going to) (think|check|look|see|get back|let you know|ask|wait|try|come|pick|be there|send|make|contact)
        (pick it up|meet|meet up|come by|come over|see it in person|tonight|this evening|see the place)
        my (name|email|number|address|order number|account|phone|zip) (is|was)
        (weather|joke|song|movie|recipe|restaurant|flight|translate|alarm|reminder|bank|insurance|timer)
    """,
}
