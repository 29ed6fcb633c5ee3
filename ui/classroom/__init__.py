"""Ask the class: a lecturer asks a question, and all students in the room answer it on their own devices.

`schema`, `database`, `sessions`, `answers` and `results` store sessions in a database; they draw nothing. `student` and
`lecturer` draw the two sides, `results_view` the results, `page_questions` the questions of a page. `wrong_codes` slows
down the guessing of codes.
"""
