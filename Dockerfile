# PostgreSQL with news_analytics: docker build -t news_analytics . ; docker run -e POSTGRES_PASSWORD=... news_analytics
ARG PG_MAJOR=16
FROM postgres:${PG_MAJOR}-bookworm AS build
ARG PG_MAJOR
RUN apt-get update && apt-get install -y --no-install-recommends gcc make libc6-dev postgresql-server-dev-${PG_MAJOR} \
	libpcre2-dev libutf8proc-dev libstemmer-dev libgumbo-dev zlib1g-dev
COPY . /src
RUN make -C /src -j"$(nproc)" PG_CONFIG=/usr/lib/postgresql/${PG_MAJOR}/bin/pg_config \
	&& make -C /src install DESTDIR=/out PG_CONFIG=/usr/lib/postgresql/${PG_MAJOR}/bin/pg_config

FROM postgres:${PG_MAJOR}-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libpcre2-8-0 libutf8proc2 libstemmer0d libgumbo1 \
	&& rm -rf /var/lib/apt/lists/*
COPY --from=build /out /
RUN echo "CREATE EXTENSION news_analytics;" > /docker-entrypoint-initdb.d/10-news_analytics.sql
