"""The loss page: views of one prediction, of many predictions and of the loss surface, and its questions."""
