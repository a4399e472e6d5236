"""From the catalog to unsigned JSON documents."""
