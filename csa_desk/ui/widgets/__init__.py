"""The parts pages are built from. Each module's docstring is its API.

text        Words Elided breakable set_tip            words, always plain
buttons     Button LinkButton FilterButton IconButton
marks       IconMark Chip SourceChip Count Disc
boxes       Card TintCard QuietBox Banner FoldedText Rule Strip Foot
tabs        Tabs
form        Form Field FieldSpec                       the only way to make a field
choices     Option OneOf ManyOf ButtonRow YES_NO       (scale, dates, text_fields: the other inputs)
rows        TaskRow KnownRow FactRow
table       Table Column Cell Row
pick_list   PickList Pick                         choose at the left, see it at the right
panes       TwoPanes Pane
drawer      Drawer                                a heading that opens
timeline    Timeline Stage
progress    ProgressBar WorkBar
messages    ErrorSummary Toast Saved Empty announce
page        PageBody PageTitle Section
flow        FlowLayout
ring        FocusRing
rail_item   RailItem Brand Plate RailRule paint_mark
"""
