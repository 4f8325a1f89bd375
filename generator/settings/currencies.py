"""The currencies that a rate may be of, and the sources of rates, each with the currency in which it counts."""

CURRENCIES = frozenset(
    (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
        "CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL "
        "HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL "
        "MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON "
        "RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH "
        "UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XDR XOF XPF YER ZAR ZMW ZWG "
        # gold, silver, platinum, palladium, which central banks price by the gram or the ounce
        "XAU XAG XPT XPD "
        # gone, and still in the archives of twenty years
        "AFA AOR ATS AZM BEF BGL BYB BYR CSD CUC CYP DEM EEK ESP FIM FRF GHC GRD HRK IEP ITL LTL LUF LVL MGF MRO MTL MZM "
        "NLG PTE ROL RUR SDD SIT SKK SLL SRG STD TJR TMM TRL VEB VEF XEU YUM ZMK ZWD ZWL"
    ).split()
)
"""Codes of ISO 4217, also those that went out of use since 1999."""

HOME = {"nbk": "KZT", "nbkr": "KGS", "cbu": "UZS", "nbt": "TJS", "cbt": "TMT", "cbr": "RUB", "ecb": "EUR"}
"""The sources by name, each with the currency in which it counts."""

FIXED = frozenset({"cbt"})
"""The sources whose rate is fixed: it is never stale, however long ago its date."""
