"""What goes wrong with an orchestrator and its agents: the documents' omissions, and mistakes with tokens, agents, stages and answers."""
