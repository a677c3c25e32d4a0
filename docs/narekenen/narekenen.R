# Rekent elke trend (in getallen en in een woord), p, gecorrigeerde p, robuustheid en plaats van een uitgave na, uit wat er is gepubliceerd, en zegt waar het niet klopt.
#
#   Rscript narekenen.R MAP
#
# MAP is de map parquet/ van een uitgave, of een map met dezelfde tabellen als CSV (met komma's en een punt in getallen).
# Parquet leest R met het pakket nanoparquet, arrow of duckdb; heeft u er geen, schrijf dan CSV met DuckDB:
#   duckdb -c "COPY (FROM 'monitor.oordeel.parquet') TO 'monitor.oordeel.csv'"
# De rest is gewone R. Dit script kent niets van de programma's van de monitor: alleen de regels uit de verantwoording.

ALFA <- 0.05; VENSTER <- 8; MINSTE_PUNTEN <- 4; RUIS <- 1e-10; REKENFOUT <- 1e-9; BREED <- 4; MARGE_SE <- 1.96
RHO <- seq(0, 0.95, by = 0.05); ZEKERHEID <- 0.8; DELEN <- 4
KANS <- 0.8; MINSTE_REGIOS <- 4; MINSTE_PUNTEN_KENDALL <- 5

lees <- function(map, naam) {
  parquet <- file.path(map, paste0(naam, ".parquet"))
  csv <- file.path(map, paste0(naam, ".csv"))
  if (file.exists(csv)) return(read.csv(csv, stringsAsFactors = FALSE, na.strings = ""))
  if (!file.exists(parquet)) stop("Deze tabel staat niet in de map: ", naam, call. = FALSE)
  if (requireNamespace("nanoparquet", quietly = TRUE)) return(as.data.frame(nanoparquet::read_parquet(parquet)))
  if (requireNamespace("arrow", quietly = TRUE)) return(as.data.frame(arrow::read_parquet(parquet)))
  if (requireNamespace("duckdb", quietly = TRUE)) {
    db <- DBI::dbConnect(duckdb::duckdb())
    on.exit(DBI::dbDisconnect(db, shutdown = TRUE))
    return(DBI::dbGetQuery(db, sprintf("FROM '%s'", parquet)))
  }
  stop("R heeft nanoparquet, arrow of duckdb nodig om Parquet te lezen. Of geef een map met CSV.", call. = FALSE)
}

# --- een lijn bij een gegeven autocorrelatie -----------------------------------------------------------------------

# Alles wat alleen van de jaren, rho en de marges afhangt. De covariantie van twee jaren is rho tot de macht van de jaren
# ertussen, maal hun twee standaardfouten.
vorm <- function(jaar, rho, se = NULL) {
  n <- length(jaar)
  schaal <- if (is.null(se)) rep(1, n) else se / min(se)
  V <- rho^abs(outer(jaar, jaar, "-")) * outer(schaal, schaal)
  wortel <- t(chol(V))
  X <- forwardsolve(wortel, cbind(1, jaar - mean(jaar)))
  omgekeerd <- solve(crossprod(X))
  list(
    wortel = wortel, naar_beta = omgekeerd %*% t(X), x = omgekeerd[2, 2], n = n,
    projectie = diag(n) - X %*% omgekeerd %*% t(X),
    logdet = 2 * sum(log(diag(wortel))) + as.numeric(determinant(crossprod(X))$modulus)
  )
}

# Van de kolommen van Y: helling, p, likelihood (REML) en de residuen.
passen <- function(Y, v) {
  wit <- forwardsolve(v$wortel, sweep(Y, 2, colMeans(Y)))
  rest <- v$projectie %*% wit
  kwadraten <- colSums(rest^2)
  helling <- (v$naar_beta %*% wit)[2, ]
  fout <- sqrt(kwadraten / (v$n - 2) * v$x)
  p <- 2 * pt(-abs(helling) / fout, v$n - 2)
  stil <- apply(Y, 2, max) - apply(Y, 2, min) <= RUIS * apply(abs(Y), 2, max)
  list(
    helling = ifelse(stil, 0, helling), p = ifelse(stil, 1, p), fout = ifelse(stil, 0, fout), rest = rest,
    loglik = -v$logdet / 2 - (v$n - 2) / 2 * log(kwadraten)
  )
}

# Reeksen met dezelfde jaren en zonder marges kunnen samen; een reeks met marges staat alleen.
groepen <- function(reeksen) {
  sleutel <- vapply(seq_along(reeksen), function(i) {
    r <- reeksen[[i]]
    paste(c(r$jaar, if (!is.null(r$se)) c("marges", i)), collapse = " ")
  }, "")
  unname(split(seq_along(reeksen), sleutel))
}

# --- de autocorrelatie van een indicator in een soort regio --------------------------------------------------------

rho_van <- function(reeksen) {
  reeksen <- Filter(function(r) length(r$waarde) >= MINSTE_PUNTEN, reeksen)
  if (length(reeksen)) {
    beweegt <- vapply(reeksen, function(r) {
      max(abs(passen(cbind(r$waarde), vorm(r$jaar, 0, r$se))$rest)) > RUIS * max(abs(r$alles))
    }, TRUE)
    reeksen <- reeksen[beweegt]
  }
  totaal <- vapply(RHO, function(rho) {
    sum(vapply(groepen(reeksen), function(g) {
      Y <- vapply(reeksen[g], function(r) r$waarde, reeksen[[g[1]]]$waarde)
      sum(passen(Y, vorm(reeksen[[g[1]]]$jaar, rho, reeksen[[g[1]]]$se))$loglik)
    }, 0))
  }, 0)
  totaal <- totaal * zelfstandig(reeksen, RHO[which.max(totaal)])
  gewicht <- exp(totaal - max(totaal))
  gewicht <- gewicht / sum(gewicht)
  onder <- cumsum(gewicht) - gewicht / 2
  i <- findInterval(ZEKERHEID, onder)
  if (i == 0) return(RHO[1])
  if (i == length(RHO)) return(RHO[i])
  RHO[i] + (ZEKERHEID - onder[i]) / (onder[i + 1] - onder[i]) * (RHO[i + 1] - RHO[i])
}

# Welk deel van de reeksen telt als zelfstandig: dezelfde schok in veel regio's vertelt niet veel keer iets nieuws.
zelfstandig <- function(reeksen, rho) {
  m <- length(reeksen)
  if (m < 2) return(1)
  jaren <- sort(unique(unlist(lapply(reeksen, function(r) r$jaar))))
  gezien <- toeval <- matrix(0, length(jaren), length(jaren))
  vrij <- numeric(m)
  for (i in seq_len(m)) {
    r <- reeksen[[i]]
    v <- vorm(r$jaar, rho, r$se)
    e <- passen(cbind(r$waarde), v)$rest[, 1]
    at <- match(r$jaar, jaren)
    gezien[at, at] <- gezien[at, at] + outer(e, e) / sum(e^2)
    toeval[at, at] <- toeval[at, at] + v$projectie / (v$n - 2)
    vrij[i] <- v$n - 2
  }
  paren <- m * (m - 1)
  gevonden <- sum(gezien^2) - m
  verwacht <- sum(toeval^2) - sum(1 / vrij)
  gedeeld <- min(max((gevonden - verwacht) / (paren - verwacht), 0), 1)
  1 / (1 + (m - 1) * gedeeld)
}

# --- een reeks -----------------------------------------------------------------------------------------------------

# Alleen de kant van de laatste reeksbreuk telt; van een voortschrijdend gemiddelde alleen jaren die niet overlappen.
# `d` heeft ook het jaar voor het venster: dat telt alleen mee in het venster van een jaar eerder.
punten <- function(d, breuken, meting, editie) {
  d <- d[order(d$jaar), ]
  alles <- d$waarde
  kant <- vapply(d$jaar, function(j) sum(breuken <= j), 0)
  venster <- d$jaar >= editie - VENSTER
  nieuwste <- kant == max(kant[venster], 0)
  breekt <- any(venster & !nieuwste)
  los <- function(d) if (meting == "voortschrijdend") d[niet_overlappend(d$jaar), ] else d
  eerder <- los(d[nieuwste & d$jaar < editie - 1, ])
  d <- d[venster & nieuwste, ]
  reeksbreuk <- breekt && nrow(d) < MINSTE_PUNTEN
  d <- los(d)
  c(reeks(d, alles), list(
    losse_se = d$se, afronding = d$afronding, reeksbreuk = reeksbreuk, d = d, eerder = eerder,
    verschil = meting == "om_de_paar_jaar" && nrow(d) >= 2 && nrow(d) < MINSTE_PUNTEN && !reeksbreuk
  ))
}

niet_overlappend <- function(jaar) {
  houd <- logical(length(jaar))
  volgende <- Inf
  for (i in rev(seq_along(jaar))) if (volgende - jaar[i] >= BREED) { houd[i] <- TRUE; volgende <- jaar[i] }
  houd
}

# Gewogen wordt alleen als elk punt een marge heeft.
reeks <- function(d, alles) {
  list(jaar = d$jaar, waarde = d$waarde, se = if (nrow(d) > 0 && all(!is.na(d$se) & d$se > 0)) d$se, alles = alles)
}

# De laatste meting min de eerste, met hun twee marges.
verschil <- function(d) {
  n <- nrow(d)
  if (n < 2) return(c(helling = NA, p = NA, fout = NA))
  stap <- d$waarde[n] - d$waarde[1]
  fout <- sqrt(d$se[1]^2 + d$se[n]^2)
  jaren <- d$jaar[n] - d$jaar[1]
  c(helling = stap / jaren, p = 2 * pnorm(-abs(stap) / fout), fout = fout / jaren)
}

toets <- function(r, rho) {
  n <- length(r$waarde)
  leeg <- c(n = n, helling = NA, p = NA, p_ols = NA, fout = NA)
  if (r$reeksbreuk) return(leeg)
  if (r$verschil) {
    stap <- verschil(r$d)
    return(if (is.na(stap["p"])) leeg else c(n = n, stap, p_ols = unname(stap["p"]))[names(leeg)])
  }
  if (n < MINSTE_PUNTEN) return(leeg)
  ons <- passen(cbind(r$waarde), vorm(r$jaar, rho, r$se))
  gewoon <- passen(cbind(r$waarde), vorm(r$jaar, 0))
  stil <- max(r$waarde) - min(r$waarde) <= RUIS * max(abs(r$alles))
  c(n = n, helling = if (stil) 0 else ons$helling, p = if (stil) 1 else ons$p, p_ols = if (stil) 1 else gewoon$p,
    fout = if (stil) 0 else ons$fout)
}

# --- robuust -------------------------------------------------------------------------------------------------------

# Andere keuzes voor dezelfde reeks: helling en p van elke die te toetsen is. Een met dezelfde punten zegt niets nieuws.
varianten <- function(r, rho) {
  d <- r$d
  n <- nrow(d)
  gevonden <- list()
  anders <- list(r$eerder, d[!d$voorlopig, ], d[-1, ], d[-n, ], d[-c(1, n), ])
  for (v in Filter(function(v) !identical(v$jaar, d$jaar), anders)) {
    if (r$verschil) {
      gevonden <- c(gevonden, list(verschil(v)[c("helling", "p")]))
    } else if (nrow(v) >= MINSTE_PUNTEN) {
      stil <- max(v$waarde) - min(v$waarde) <= RUIS * max(abs(r$alles))
      lijn <- if (stil) list(helling = 0, p = 1) else {
        een <- reeks(v, r$alles)
        passen(cbind(een$waarde), vorm(een$jaar, rho, een$se))
      }
      gevonden <- c(gevonden, list(c(helling = lijn$helling, p = lijn$p)))
    }
  }
  if (!r$verschil && n >= MINSTE_PUNTEN_KENDALL) gevonden <- c(gevonden, list(mann_kendall(d)))
  Filter(function(v) !is.na(v["p"]), gevonden)
}

# Waarden die in tien cijfers gelijk zijn, stijgen noch dalen.
mann_kendall <- function(d) {
  y <- signif(d$waarde, 10)
  if (length(unique(y)) == 1) return(c(helling = 0, p = 1))
  gelijk <- anyDuplicated(y) > 0
  hellingen <- outer(y, y, "-") / outer(d$jaar, d$jaar, "-")
  p <- cor.test(d$jaar, y, method = "kendall", exact = !gelijk)$p.value
  c(helling = median(hellingen[lower.tri(hellingen)]), p = p)
}

# Robuust is wat elke andere keuze ook vindt: met een verandering hetzelfde teken en een p die niet boven de grens ligt.
robuust <- function(r, t, rho, p_bh, grens) {
  andere <- varianten(r, rho)
  if (length(andere) == 0) return("niet_toetsbaar")
  gelijk <- vapply(andere, function(v) {
    if (p_bh < ALFA) v[["p"]] <= grens && sign(v[["helling"]]) == sign(t[["helling"]]) else v[["p"]] > grens
  }, TRUE)
  if (all(gelijk)) "robuust" else "niet_robuust"
}

# --- een woord voor de trend ---------------------------------------------------------------------------------------

nul <- function(x) ifelse(is.na(x), 0, x)

# Zo groot moet een verandering minstens zijn om ertoe te doen: marge, afronding van kaart of bron, of wat merkbaar is.
drempel <- function(r, k) {
  n <- length(r$waarde)
  merkbaar <- nul(k$merkbaar) * if (identical(k$merkbaar_maat, "procent")) abs(r$waarde[1]) / 100 else 1
  max(MARGE_SE * nul(sqrt(r$losse_se[1]^2 + r$losse_se[n]^2)), 10^-k$decimalen, r$afronding[1] + r$afronding[n], merkbaar)
}

# Van een reeks die is getoetst: het woord, en naast 'geen verandering' de kleinste die te vinden was. `grens` is de p die
# in de familie beslist, `denkbaar` hoe ver gebieden uiteenliggen.
woord <- function(r, k, t, p_bh, grens, denkbaar) {
  n <- length(r$waarde)
  jaren <- r$jaar[n] - r$jaar[1]
  minstens <- drempel(r, k)
  if (p_bh >= ALFA) {
    vrij <- if (r$verschil) Inf else max(n - 2, 1)
    gevonden <- t["fout"] * (qt(1 - grens / 2, vrij) + qt(KANS, vrij)) * jaren
    blind <- !is.na(denkbaar) && gevonden > denkbaar
    return(list(if (blind) "te weinig gegevens" else "geen significante verandering", max(gevonden, minstens)))
  }
  stijgt <- t["helling"] > 0
  naam <- if (abs(t["helling"]) * jaren < minstens * (1 - REKENFOUT)) "nagenoeg gelijk"
    else if (!(k$richting %in% c("hoger", "lager")) || isTRUE(as.logical(k$groei)) || (k$prijzen == "lopend" && is.na(k$deflator))) if (stijgt) "stijgend" else "dalend"
    else if (stijgt == (k$richting == "hoger")) "gunstig" else "ongunstig"
  list(naam, NA)
}

# Hoe ver de hoogste en de laagste regio van een soort uiteenliggen; zijn er te weinig, dan de soort met het grootste verschil.
spreiding <- function(laatste, reeks, soort) {
  groep <- paste(reeks, soort)
  breed <- tapply(laatste, groep, function(x) if (sum(!is.na(x)) >= MINSTE_REGIOS) diff(range(x, na.rm = TRUE)) else NA)
  eigen <- as.numeric(breed[groep])
  ruim <- tapply(eigen, reeks, function(x) if (all(is.na(x))) NA else max(x, na.rm = TRUE))
  ifelse(is.na(eigen), as.numeric(ruim[reeks]), eigen)
}

# --- plaats --------------------------------------------------------------------------------------------------------

# Waarden die in tien cijfers gelijk zijn, delen hun plaatsen; voor het kwart telt het midden daarvan.
plaatsen <- function(waarde, richting) {
  gelijk <- signif(waarde, 10)
  kant <- if (richting == "lager") gelijk else -gelijk
  midden <- rank(kant, ties.method = "average")
  van <- length(waarde)
  kwart <- van %/% DELEN
  gunstig <- richting %in% c("hoger", "lager")
  positie <- ifelse(midden <= kwart, if (gunstig) "bovenste_kwart" else "hoog",
             ifelse(van + 1 - midden <= kwart, if (gunstig) "onderste_kwart" else "laag", "midden"))
  data.frame(rang = rank(kant, ties.method = "min"), rang_midden = midden, rang_van = van, positie = positie)
}

# --- alles ---------------------------------------------------------------------------------------------------------

narekenen <- function(map) {
  oordeel <- lees(map, "monitor.oordeel")
  waarde <- lees(map, "monitor.indicatorwaarde")
  kaart <- lees(map, "monitor.indicator")
  breuk <- lees(map, "monitor.breuk")
  regio <- lees(map, "kern.regio")
  reeel <- lees(map, "monitor.reele_waarde")
  in_rapport <- oordeel$regio %in% lees(map, "monitor.record")$regio

  editie <- oordeel$editie[1]
  soort <- regio$soort[match(oordeel$regio, regio$code)]
  soort[is.na(soort)] <- "overig"
  k <- kaart[match(oordeel$indicator, kaart$id), ]
  id <- function(d) paste(d$indicator, d$uitsplitsing, d$regio, sep = "|")

  waarde$jaar <- as.integer(substr(waarde$periode, 1, 4))
  waarde <- waarde[!is.na(waarde$waarde) & waarde$jaar >= editie - VENSTER - 1 & waarde$jaar < editie, ]
  laatste <- waarde$waarde[match(paste(id(oordeel), oordeel$laatste_periode), paste(id(waarde), waarde$periode))]
  waarde$voorlopig <- waarde$status %in% c("voorlopig", "nader_voorlopig")
  waarde$afronding <- nul(waarde$afronding)
  breedte <- (waarde$marge_boven - waarde$marge_onder) / 2
  # een marge die op nul is afgerond is hoogstens wat die afronding kan schelen
  breedte <- ifelse(breedte > 0, breedte, ifelse(breedte == 0 & waarde$afronding > 0, waarde$afronding, NA))
  waarde$se <- breedte / MARGE_SE
  # een bedrag in lopende prijzen wordt beoordeeld in prijzen van een jaar
  bij <- match(paste(id(waarde), waarde$periode), paste(id(reeel), reeel$periode))
  bedrag <- !is.na(bij)
  waarde$se[bedrag] <- (waarde$se * reeel$prijsindex_peil[bij] / reeel$prijsindex[bij])[bedrag]
  waarde$afronding[bedrag] <- (waarde$afronding * reeel$prijsindex_peil[bij] / reeel$prijsindex[bij])[bedrag]
  waarde$waarde[bedrag] <- reeel$waarde[bij][bedrag]
  waarde <- waarde[!is.na(waarde$waarde), ]

  per_reeks <- split(waarde[c("jaar", "waarde", "se", "afronding", "voorlopig")], factor(id(waarde), levels = id(oordeel)))
  breuken <- split(breuk$vanaf, factor(breuk$indicator, levels = unique(oordeel$indicator)))
  reeksen <- Map(function(d, i, meting) punten(d, breuken[[i]], meting, editie), per_reeks, oordeel$indicator, k$meting)

  uit <- data.frame(id = id(oordeel), n = NA, helling = NA, p = NA, p_ols = NA, fout = NA, rho = NA, rang = NA, rang_midden = NA,
                    rang_van = NA, positie = "n.b.", robuust = "niet_toetsbaar")
  gedeeld <- rep(NA_real_, length(reeksen))
  for (groep in split(seq_along(reeksen), paste(oordeel$indicator, oordeel$uitsplitsing, soort))) {
    rho <- rho_van(Filter(function(r) !r$verschil, reeksen[groep]))
    gedeeld[groep] <- rho
    for (i in groep) {
      uit[i, c("n", "helling", "p", "p_ols", "fout")] <- toets(reeksen[[i]], rho)
      if (!is.na(uit$p[i]) && !reeksen[[i]]$verschil) uit$rho[i] <- rho
    }
    gerangschikt <- groep[!is.na(laatste[groep]) & !is.na(oordeel$rang[groep])]
    if (length(gerangschikt)) {
      plek <- plaatsen(laatste[gerangschikt], k$richting[groep[1]])
      zonder <- !is.na(oordeel$plaats_reden[gerangschikt])
      plek$positie[zonder] <- "n.b."
      uit[gerangschikt, c("rang", "rang_midden", "rang_van", "positie")] <- plek
    }
  }
  # de toetsen van een thema in een soort regio, die in het rapport apart, tellen samen
  denkbaar <- spreiding(laatste, paste(oordeel$indicator, oordeel$uitsplitsing), soort)
  uit$p_bh <- uit$aantoonbaar <- NA_real_
  uit$trend <- ifelse(vapply(reeksen, function(r) r$reeksbreuk, TRUE), "reeksbreuk", "te weinig gegevens")
  for (familie in split(which(!is.na(uit$p)), paste(k$thema, soort, in_rapport)[!is.na(uit$p)])) {
    uit$p_bh[familie] <- p.adjust(uit$p[familie], "BH")
    grens <- ALFA * max(sum(uit$p_bh[familie] < ALFA), 1) / length(familie)
    for (i in familie) {
      r <- reeksen[[i]]
      breed <- denkbaar[i]
      if (k$aggregatie[i] == "som") breed <- min(abs(r$waarde[length(r$waarde)]), breed, na.rm = TRUE)
      uit[i, c("trend", "aantoonbaar")] <- woord(r, k[i, ], unlist(uit[i, c("helling", "fout")]), uit$p_bh[i], grens, breed)
      # een woord dat er niet is, is niet robuust
      if (uit$trend[i] != "te weinig gegevens")
        uit$robuust[i] <- robuust(r, unlist(uit[i, c("helling", "fout")]), gedeeld[i], uit$p_bh[i], grens)
    }
  }
  list(oordeel = oordeel, uit = uit)
}

# Van elke kolom: hoeveel er gelijk zijn aan wat is gepubliceerd, en de eerste waar dat niet zo is.
vergelijk <- function(gedaan) {
  paren <- list(c("n", "trend_n"), c("helling", "trend_helling"), c("p", "trend_p"), c("p_ols", "p_ols"),
                c("p_bh", "trend_p_bh"), c("trend", "trend"), c("aantoonbaar", "aantoonbaar"), c("rho", "trend_rho"), c("rang", "rang"), c("rang_midden", "rang_midden"), c("rang_van", "rang_van"),
                c("positie", "positie"), c("robuust", "robuust"))
  goed <- TRUE
  for (paar in paren) {
    ons <- gedaan$uit[[paar[1]]]
    hun <- gedaan$oordeel[[paar[2]]]
    gelijk <- if (is.character(hun)) ons == hun else {
      (is.na(ons) & is.na(hun)) | (!is.na(ons) & !is.na(hun) & abs(ons - hun) <= 1e-6 * abs(hun) + 1e-9)
    }
    gelijk[is.na(gelijk)] <- FALSE
    cat(sprintf("%-14s %d van %d gelijk\n", paar[2], sum(gelijk), length(gelijk)))
    if (!all(gelijk)) {
      goed <- FALSE
      for (i in head(which(!gelijk), 3)) cat("  anders:", gedaan$uit$id[i], "hier", ons[i], "uitgave", hun[i], "\n")
    }
  }
  goed
}

if (sys.nframe() == 0) {
  map <- commandArgs(trailingOnly = TRUE)
  if (length(map) != 1) stop("Gebruik: Rscript narekenen.R MAP", call. = FALSE)
  if (!vergelijk(narekenen(map))) quit(status = 1)
}
