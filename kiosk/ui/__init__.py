"""The touch screen: a Textual application that shows outcomes and knows nothing of storage, network or cameras."""
