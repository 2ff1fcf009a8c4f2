"""Reports set by groff: titles, numbered headings, lists, small tables, footnotes, running heads."""

import roff
from source import Document, Heading, Item, List, Paragraph, Table, Title

SAMPLE = Document(
    name="sample",
    family="reports",
    summary="A short report: headings, a list, a ruled table, footnotes, a link, running heads",
    title="Three gauges on the Aune",
    header="Three gauges on the Aune||Season report",
    footer="|%|",
    blocks=[
        Title("Three gauges on the Aune"),
        Paragraph("Water Watch, Lower Aune District", "author"),
        Heading("Why we measure", 1, "1", "why"),
        Paragraph(
            "The Aune is a short river. It rises in the moor above Hollin, falls two hundred metres "
            "in eleven kilometres, and reaches the estuary before most people in the valley have "
            "noticed that it rained. A flood warning that arrives an hour late is therefore of no "
            "use to anybody, and for many years every warning did."
        ),
        Paragraph(
            "Since last spring three gauges report the level of the river every ten minutes. This "
            "report tells what they saw in their first season, what went wrong, and what we would "
            "do differently. The readings themselves are published at "
            "[the district's data page](https://aune.example.org/readings)."
        ),
        Heading("The stations", 1, "2", "stations"),
        Paragraph(
            "Each station consists of a pressure sensor in a steel pipe, a small battery and a "
            "radio. None of them needs mains power, and none of them has a screen.^[A screen was "
            "asked for, and refused: it would have used more power than the sensor and the radio "
            "together.] The places were chosen with three wishes in mind:"
        ),
        List(
            [
                "The bank must be firm, so that the pipe stays where it was levelled.",
                "The place must be reached on foot in any weather, "
                "because that is when somebody has to go there.",
                Item(
                    "The section of the river must be simple:",
                    List(
                        [
                            "no weir within a hundred metres,",
                            "no bend, and no bridge pier that gathers driftwood.",
                        ],
                        marker="\u2013",
                    ),
                ),
            ]
        ),
        Paragraph(
            "Hollin Bridge met all of them. Mill Lane met the first two; its pier had to be "
            "cleared of branches four times between October and March."
        ),
        Heading("What the season showed", 1, "3", "season"),
        Heading("Levels", 2, "3.1"),
        Paragraph(
            "The winter was wet but not unusual. The highest level at each station was reached in "
            "the night of the ninth of January, when forty-one millimetres of rain fell on frozen "
            "ground. Table 1 gives the extremes."
        ),
        Table(
            [
                ["Station", "Lowest (m)", "Highest (m)", "Days above alert"],
                ["Hollin Bridge", "0.31", "2.84", "6"],
                ["Mill Lane", "0.44", "3.10", "9"],
                ["Old Quay", "0.87", "3.62", "4"],
            ],
            align="lrrr",
            caption="Table 1. Levels at the three stations, October to March.",
        ),
        Heading("Travel time", 2, "3.2"),
        Paragraph(
            "A flood wave needs between fifty and seventy minutes from Hollin Bridge to Mill Lane, "
            "and another forty to Old Quay.^[Measured from crest to crest over eleven events; the "
            "slowest of them came down while the meadows were still dry enough to hold water back.] "
            "The faster the river rises, the sooner the wave arrives, which is the opposite of what "
            "the older tables in our office assume."
        ),
        Paragraph(
            "For the warning this means that Hollin Bridge alone is enough. If the level there "
            "climbs by more than twenty centimetres in half an hour, Old Quay will reach its alert "
            "level about two hours later, and so far there has been no exception."
        ),
        Heading("What failed", 2, "3.3"),
        Paragraph(
            "Two things failed, and both of them were cheap. The desiccant in the vent tube at Mill "
            "Lane was spent by December, after which the sensor followed the weather and no longer "
            "the river. And the clock of the radio at Old Quay lost eleven minutes in a month, so "
            "that its readings seemed to come before those upstream."
        ),
        Heading("Recommendations", 1, "4", "recommendations"),
        List(
            [
                "Replace the desiccant every eight weeks, whatever its colour.",
                "Set the clocks by radio once a day.",
                "Publish levels and rates of rise side by side, "
                "since it is the rate that people can act upon.",
                "Keep the paper log for another year.",
            ],
            ordered=True,
            marker="1.",
        ),
        Paragraph(
            "None of this needs new equipment. The whole season cost less than one afternoon of "
            "pumping out the cellars in Quay Street, and the cellars stayed dry."
        ),
    ],
)

DOCUMENTS = [(SAMPLE, roff, {})]
