"""Running text for recipes that need much of it: short essays, by paragraph. All of it our own."""

BREAD = [
    "Bread is made of four things, and three of them are free or nearly so. Flour has to be bought; "
    "water, salt and time are found in every house. Of these the last is the one that most "
    "households believe they lack, although it asks for nothing but to be left alone.",
    "A dough that rises overnight in a cool room needs a tenth of the yeast that a quick one needs. "
    "It also tastes of something. The long rest lets the flour take up water by itself, so that most "
    "of the kneading can be left out, and what remains is done in the time it takes to boil an egg.",
    "People who bake on Saturdays usually begin on Saturday. It is better to begin on Friday after "
    "supper, when the kitchen is still warm and nobody is hungry. Mix the flour and the water, wait "
    "while the dishes are done, then add the salt and the small amount of yeast.",
    "In the morning the dough has doubled. It is soft, it clings to the bowl, and beginners at this "
    "point add flour until it can be handled like clay. They should wet their hands instead. What "
    "sticks to the fingers today will be the holes in the crumb tomorrow.",
    "Shaping is done in two turns. The first gathers the dough into a ball and is forgotten for a "
    "quarter of an hour; the second makes the loaf. Between the two the dough relaxes, and a dough "
    "that is relaxed can be stretched without tearing its skin.",
    "The oven should be as hot as it will go, with a dish of water on its floor. Steam keeps the crust "
    "soft for the first ten minutes, in which the loaf does all the growing that it will ever do. "
    "After that the dish is taken out and the crust may harden.",
    "A loaf is done when it sounds hollow. This is repeated in every book and is true, but it helps "
    "only those who have knocked on a raw one as well. A thermometer is more honest: ninety-six "
    "degrees in the middle, and not a minute longer for the sake of colour.",
    "Cutting warm bread is a mistake that everybody makes once a week. The crumb is still setting, "
    "and the knife pulls it into strings. An hour on a rack is enough, and if the family cannot wait "
    "that long, two small loaves solve the problem better than one large rule.",
]

MAPS = [
    "Every map leaves things out. That is not a weakness of maps but their purpose: a sheet that "
    "showed each gate and each bramble would be as large as the parish and about as easy to fold. "
    "What a surveyor learns first is therefore not how to measure but what to ignore.",
    "The first survey of the valley was made in a wet summer by two brothers and a borrowed chain. "
    "They began at the church, because its tower could be seen from everywhere, and they ended at "
    "the quarry, because their money was spent. Their sheet is still exact to within a yard.",
    "The second survey took eleven years. It had instruments, assistants and a budget, and it had an "
    "argument with the landowner about a wall. The wall is missing from the finished map. It stands "
    "there to this day, and walkers who trust the sheet are surprised by it every spring.",
    "Heights were harder than distances. A chain can be laid along a road, but a hill has to be looked "
    "at from somewhere else, and then from a third place to be sure. The brothers carried a kettle "
    "with them and boiled water on the summits, reading the height from the thermometer.",
    "Names caused more letters than numbers did. The same brook was called by three names within four "
    "miles, each of them defended by a farm. The surveyors printed the one that was spelt most simply "
    "and received, in the following winter, the opinions of the other two.",
    "Today a satellite passes over the valley twice a day and sees all of it, wall included. Yet the "
    "old sheets are borrowed more often than before. They tell where the brook ran before it was "
    "straightened, which fields were wet, and where a cellar had better not be dug.",
    "A map is finished when it is printed and wrong from that day on. The honest ones say so in the "
    "margin: surveyed in this year, roads corrected in that, magnetic north as it was. What is not "
    "dated cannot be mended, and what cannot be mended should not be trusted.",
]

BEES = [
    "In the third week of April the hives were opened for the first time. Four of the nine colonies "
    "had wintered well, three were weak, and two had died with full combs above them, which is the "
    "saddest way for bees to die because nobody had to be hungry.",
    "The cause was not found. There were no signs of the common diseases, the boxes were dry, and "
    "mice had not been in. It may be that the clusters were simply too small to keep warm during the "
    "eleven days in February when the thermometer did not rise above freezing.",
    "The weak colonies were united in pairs with a sheet of newspaper between the boxes. By the time "
    "the bees have gnawed through the paper they have got used to the smell of the others. It is an "
    "old method, it costs nothing, and the local news has never been put to better use.",
    "The lime trees began to flower on the nineteenth of June and were over by the second of July. In "
    "these two weeks the scale hive gained thirty-one kilograms. On the best day, which was warm and "
    "followed a night of rain, it gained four and a half.",
    "We harvested twice. The first honey was light and tasted of fruit blossom and rape; it set "
    "within ten days and had to be stirred. The second was dark and stayed liquid until November. "
    "Both were sold at the gate, in jars that customers brought back washed.",
    "Against mites we used formic acid after the second harvest and oxalic acid at midwinter. The "
    "number of mites that fell was counted on white boards for three days before and after. A strong "
    "colony dropped four hundred in one night, which shows less about the mites than about our hopes.",
    "For the coming year we want to keep eight colonies and not more. It is pleasant to make swarms, "
    "and each is easy to house in May; but each of them has to be looked after in October, when the "
    "days are short and the lids are glued down.",
]

TRAM = [
    "The tram line to the harbour was closed in the year in which the last of its conductors retired. "
    "Nobody had planned it so. The rails were worn, the bridge was weak, and the new bus needed one "
    "employee where the tram had needed two; the rest was arithmetic.",
    "For a while the rails stayed in the street. Cyclists feared them and children put coins on them, "
    "although nothing was left that could have flattened a coin. Then the street was resurfaced from "
    "one end to the other, and the rails went under the asphalt rather than to the scrap yard.",
    "This turned out to be lucky. When the city decided, forty years later, that it wanted a tram "
    "after all, the engineers drilled holes to see what they would find. They found a track bed in "
    "good order, drained and level, with the sleepers as sound as on the day they were laid.",
    "The rails themselves could not be used. The gauge was right but the profile was not, and modern "
    "wheels would have climbed out of it at the first bend. They were taken up at night, in lengths "
    "of twelve metres, and sold to a foundry that had asked for them before anyone else knew.",
    "What the new line has in common with the old one is the timetable. It leaves the station at the "
    "same minutes as in the last printed edition, because the ferries do, and the ferries follow the "
    "tide tables of the harbour office, which nobody has ever thought of moving.",
]

CLOCK = [
    "The clock in the town hall has four faces and one mind. The works stand in a cupboard on the "
    "third floor, and a shaft no thicker than a thumb carries the time to the four sides of the tower. "
    "When one face is wrong all are wrong, and by the same amount.",
    "It is wound on Mondays. The weights are three: one for the going, one for the quarters and one "
    "for the hours, and the last of them is a stone that was cut for a mill. To lift all three takes "
    "eleven minutes if nobody talks and considerably longer in company.",
    "A clock of this kind loses or gains with the weather. Brass grows in the heat, the pendulum "
    "becomes longer and the hour slower. The maker hung a jar of mercury where others hang a bob; it "
    "rises as the rod descends, and the middle of the swing stays where it was.",
    "In the war the bells were taken away, and the hammers struck the air for four years. People who "
    "lived on the square say that they heard the hours all the same. When the bells came back, one of "
    "them was not ours, and it is a little flat to this day.",
]
