"""A whole sample, put together in the order in which it can be written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain

from ocgdesk.casework.sample import (
    addresses,
    commodities,
    county_lines,
    evidence,
    groups,
    handles,
    holdings,
    nominals,
    officers,
    operations,
    plans,
    rosters,
    saved_charts,
    social,
)
from ocgdesk.casework.sample.setting import Setting
from ocgdesk.casework.sample.sizes import size_called
from ocgdesk.casework.sample.streams import Streams
from ocgdesk.casework.sample.values import Sample, Step
from ocgdesk.domain.commodity import Commodity
