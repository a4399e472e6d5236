"""What several tests share: peers that others wrote, official data, a browser."""
